package lang

import (
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
)

// Program is a submission ready for a box.
type Program struct {
	Files   []deemster.File // as they are called in the box
	Compile [][]string      // to be run one after the other
	Run     []string
	Env     []string        // of Run
	Limits  deemster.Limits // of a run, with the language's allowance
}

// maxStack is what stacks are told to grow to at most. A Java machine takes no more.
const maxStack = 1000 * deemster.MiB

// fileName is what a file in a submission of several may be called. No option and no
// response file of a compiler begins like this.
var fileName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.+-]*$`)

// Program lays out a submission with the limits of its problem. A single file may have
// any name, which does not matter. The error, of kind Invalid, says why these files
// cannot be a program of this language; it is for their author.
func (l Language) Program(files []deemster.File, problem deemster.Limits) (Program, error) {
	named, err := l.names(files)
	if err != nil {
		return Program{}, err
	}
	limits := problem.Or(deemster.DefaultLimits)
	values := map[string]string{
		"heap_mib":  strconv.FormatInt(int64(limits.Memory/deemster.MiB), 10),
		"stack_kib": strconv.FormatInt(int64(min(limits.Memory, maxStack)/deemster.KiB), 10),
		"entry":     l.entryFile(named),
		"main":      l.Source,
	}
	values["program"] = strings.TrimSuffix(values["entry"], path.Ext(values["entry"]))
	if l.Entry == EntryClass {
		values["main"] = entryClass(named)
	}
	var sources []string
	for _, f := range named {
		if slices.Contains(l.Extensions, extension(f.Name)) {
			sources = append(sources, f.Name)
		}
	}
	p := Program{
		Files:  named,
		Run:    l.expand(l.Run, values, sources),
		Env:    l.expand(l.Env, values, nil),
		Limits: l.Limits(problem),
	}
	for _, command := range l.Compile {
		p.Compile = append(p.Compile, l.expand(command, values, sources))
	}
	return p, nil
}

// names gives every file the name it has in the box.
func (l Language) names(files []deemster.File) ([]deemster.File, error) {
	switch len(files) {
	case 0:
		return nil, deemster.FieldErrorf("files", "there is no source")
	case 1:
		name := l.Source
		if l.Entry == EntryClass {
			if class := publicClass(files[0].Content); class != "" {
				name = class + "." + l.Extensions[0]
			}
		}
		return []deemster.File{{Name: name, Content: files[0].Content}}, nil
	}
	seen := map[string]bool{}
	sources := 0
	for _, f := range files {
		switch ext := extension(f.Name); {
		case len(f.Name) > deemster.MaxFileName || !fileName.MatchString(f.Name):
			return nil, deemster.FieldErrorf("files", "a file cannot be called %q: use letters, digits and _ . + -, at most %d bytes",
				f.Name[:min(len(f.Name), deemster.MaxFileName)], deemster.MaxFileName)
		case seen[f.Name]:
			return nil, deemster.FieldErrorf("files", "two files are called %s", f.Name)
		case slices.Contains(l.Extensions, ext):
			sources++
		case !slices.Contains(l.Headers, ext):
			return nil, deemster.FieldErrorf("files", "%s is no file of a %s program, whose names end in .%s",
				f.Name, l.Name, strings.Join(slices.Concat(l.Extensions, l.Headers), ", ."))
		}
		seen[f.Name] = true
	}
	if sources == 0 {
		return nil, deemster.FieldErrorf("files", "there is no source, whose name ends in .%s", strings.Join(l.Extensions, ", ."))
	}
	return files, nil
}

// entryFile is the source that is run: the one with the language's own name, or the
// first.
func (l Language) entryFile(files []deemster.File) string {
	first := ""
	for _, f := range files {
		if f.Name == l.Source {
			return f.Name
		}
		if first == "" && slices.Contains(l.Extensions, extension(f.Name)) {
			first = f.Name
		}
	}
	return first
}

// expand replaces the words in a command line.
func (l Language) expand(command []string, values map[string]string, sources []string) []string {
	var expanded []string
	for _, arg := range command {
		if arg == "{sources}" {
			expanded = append(expanded, sources...)
			continue
		}
		if l.lacks(arg) {
			continue
		}
		expanded = append(expanded, wordPattern.ReplaceAllStringFunc(arg, func(word string) string {
			return l.word(strings.Trim(word, "{}"), values)
		}))
	}
	return expanded
}

// lacks tells whether an argument names an optional tool that is not there.
func (l Language) lacks(arg string) bool {
	return slices.ContainsFunc(l.Optional, func(name string) bool {
		_, there := l.found[name]
		return !there && strings.Contains(arg, "{"+name+"}")
	})
}

func (l Language) word(name string, values map[string]string) string {
	switch name {
	case "cache":
		return CacheDir + "/" + l.cache
	case "arch":
		return runtime.GOARCH
	}
	if v, ok := values[name]; ok {
		return v
	}
	if _, ok := l.Tools[name]; ok {
		return l.place(name)
	}
	return "{" + name + "}" // a script's own
}
