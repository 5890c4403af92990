package lang

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/deemster-oj/deemster"
)

//go:embed languages/*.yaml
var files embed.FS

//go:embed testdata/selftest testdata/heap
var programs embed.FS

// maxOverride is how long a file of overrides may be.
const maxOverride = 64 * deemster.KiB

// LoadFile is [Load] with the allowances that a file changes; an empty name changes none.
func LoadFile(allowances string) ([]Language, error) {
	if allowances == "" {
		return Load(nil)
	}
	override, err := os.Open(allowances)
	if err != nil {
		return nil, fmt.Errorf("lang: allowances: %w", err)
	}
	defer override.Close()
	return Load(override)
}

// Load reads the languages, in order of their ids but for those that are like another one:
// they follow that. Override, unless nil, is YAML that
// changes allowances:
//
//	java:
//	  time_factor: 3
//	  memory_extra: 256 MiB
func Load(override io.Reader) ([]Language, error) {
	entries, err := files.ReadDir("languages")
	if err != nil {
		return nil, fmt.Errorf("lang: %w", err)
	}
	var languages []Language
	for _, e := range entries {
		content, err := files.ReadFile("languages/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("lang: %w", err)
		}
		l, err := parse(strings.TrimSuffix(e.Name(), ".yaml"), content)
		if err != nil {
			return nil, fmt.Errorf("lang: %s: %w", e.Name(), err)
		}
		languages = append(languages, l)
	}
	for _, l := range languages {
		if _, ok := ByID(languages, l.Like); l.Like != "" && !ok {
			return nil, fmt.Errorf("lang: %s: there is no language %q to be like", l.ID, l.Like)
		}
	}
	slices.SortStableFunc(languages, func(a, b Language) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Like, a.ID), cmp.Or(b.Like, b.ID)), cmp.Compare(a.Like, b.Like))
	})
	if override == nil {
		return languages, nil
	}
	if err := apply(languages, override); err != nil {
		return nil, fmt.Errorf("lang: overrides: %w", err)
	}
	return languages, nil
}

func parse(id string, content []byte) (Language, error) {
	l := Language{ID: id, Allowance: Allowance{TimeFactor: 1}}
	d := yaml.NewDecoder(bytes.NewReader(content))
	d.KnownFields(true)
	if err := d.Decode(&l); err != nil {
		return l, err
	}
	l.cache = l.cacheName()
	return l, l.validate()
}

func apply(languages []Language, override io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(override, int64(maxOverride)+1))
	if err != nil {
		return err
	}
	if deemster.Bytes(len(text)) > maxOverride {
		return deemster.Errorf(deemster.TooLarge, "the file is longer than %v", maxOverride)
	}
	var changes map[string]yaml.Node
	if err := yaml.Unmarshal(text, &changes); err != nil {
		return err
	}
	for id, change := range changes {
		i := slices.IndexFunc(languages, func(l Language) bool { return l.ID == id })
		if i < 0 {
			return fmt.Errorf("there is no language %q", id)
		}
		if err := decodeAllowance(&change, &languages[i].Allowance); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if err := languages[i].Allowance.validate(); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
	}
	return nil
}

// decodeAllowance changes what node mentions of a and refuses keys it does not know.
func decodeAllowance(node *yaml.Node, a *Allowance) error {
	text, err := yaml.Marshal(node)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	return d.Decode(a)
}

var (
	idPattern   = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	wordPattern = regexp.MustCompile(`\{[a-z_+]+\}`)
)

// words are the words of command lines that are no tool's name.
var words = []string{"sources", "entry", "program", "main", "heap_mib", "stack_kib", "cache", "arch"}

// validate refuses what could not work.
func (l *Language) validate() error {
	switch {
	case !idPattern.MatchString(l.ID):
		return fmt.Errorf("%q is no id", l.ID)
	case l.Name == "" || l.Package == "" || len(l.Version) == 0 || len(l.Run) == 0 || len(l.Tools) == 0:
		return errors.New("name, tools, run, version and package are needed")
	case len(l.Extensions) == 0 || !slices.Contains(l.Extensions, extension(l.Source)):
		return fmt.Errorf("source %q has none of the extensions", l.Source)
	case l.PrepareScript != "" && l.WarmScript != "":
		return errors.New("prepare and warm fill the same directory: use one")
	case l.Entry != EntryFile && l.Entry != EntryClass:
		return fmt.Errorf("entry %q is unknown", l.Entry)
	}
	for name, places := range l.Tools {
		for _, place := range places {
			// Boxes see nothing else of the host.
			if !strings.HasPrefix(place, "/usr/") && !strings.HasPrefix(place, "/opt/") || place != path.Clean(place) {
				return fmt.Errorf("tool %s: %q is not under /usr or /opt", name, place)
			}
		}
		if len(places) == 0 || slices.Contains(words, name) {
			return fmt.Errorf("tool %s needs a place and a name that is not taken", name)
		}
	}
	for _, name := range l.Optional {
		if l.Tools[name] == nil {
			return fmt.Errorf("optional %q is no tool", name)
		}
	}
	commands := append(slices.Clone(l.Compile), l.Run, l.Version, l.Env)
	for _, command := range commands {
		for _, arg := range command {
			for _, word := range wordPattern.FindAllString(arg, -1) {
				name := strings.Trim(word, "{}")
				if !slices.Contains(words, name) && l.Tools[name] == nil {
					return fmt.Errorf("unknown word %s in %q", word, arg)
				}
			}
		}
	}
	return l.Allowance.validate()
}

func (a Allowance) validate() error {
	switch {
	case !(a.TimeFactor >= 0.1 && a.TimeFactor <= 100): // not NaN either
		return fmt.Errorf("time_factor %v is not from 0.1 to 100", a.TimeFactor)
	case a.TimeExtra < 0 || a.TimeExtra > time.Minute:
		return fmt.Errorf("time_extra %v is not from 0 to 1m", a.TimeExtra)
	case a.MemoryExtra < 0 || a.MemoryExtra > deemster.Size(16*deemster.GiB):
		return fmt.Errorf("memory_extra %v is not from 0 to 16 GiB", deemster.Bytes(a.MemoryExtra))
	case a.Processes < 0 || a.Processes > 4096:
		return fmt.Errorf("processes %d is not from 0 to 4096", a.Processes)
	}
	return nil
}

// SelfTest is a program that adds up all numbers of its input, to see whether the language
// works and how fast it reads.
func (l Language) SelfTest() (deemster.File, error) {
	file, err := l.program("selftest")
	if err != nil {
		return deemster.File{}, fmt.Errorf("lang: self-test of %s: %w", l.ID, err)
	}
	return file, nil
}

// HeapTest is a program that reads a number, holds as many MiB in the way of its language
// and prints the number again. Only languages whose runtime manages memory have one.
func (l Language) HeapTest() (deemster.File, bool) {
	file, err := l.program("heap")
	return file, err == nil
}

func (l Language) program(kind string) (deemster.File, error) {
	content, err := programs.ReadFile("testdata/" + kind + "/" + l.ID + "." + l.Extensions[0])
	return deemster.File{Name: l.Source, Content: string(content)}, err
}

func extension(name string) string { return strings.TrimPrefix(path.Ext(name), ".") }
