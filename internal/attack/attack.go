// Package attack tries what strangers will try. The programs are data, in
// internal/sandbox/testdata/hostile; each begins with what it tries and which verdicts
// are right:
//
//	// try: forks until it cannot; what else runs on the machine would starve
//	// want: TLE or RE
//	// limits: cpu=500ms wall=1500ms memory=64MiB output=1MiB processes=16 compile=3s
//	// input: 20 22\n
//	// input-size: 100000000
//	// answer: ok\n
//	// log: !root:x
//	// runs: 2
//	// only: native
//
// All but the first two may be left out. With an input-size the input is so many bytes:
// itself, and then lines of an x each. Log, which may be given often, is what the compile
// log and the feedback must contain, or with ! must not. Runs is how many tests are run in
// one box; each must have a wanted verdict. Only names the engines on which the row makes
// sense. A submission of several files is a directory, and its file called expect holds
// the header.
//
// The test of this package judges every program as a submission is judged, by its
// language's own command lines, on an engine of boxes that DEEMSTER_BOX names. Around each
// it looks at the host, see [Host], and an honest control is judged beside it and after it.
// What must hold besides the verdict has letters, which failures begin with:
//
//	P nothing of the run is left: no process, thread, group, mount, IPC object, file
//	H who is judged at the same time, or next, notices nothing
//	B what is kept of its output is within the caps
//	S no secret is read
//	N no packet leaves the box
//	F the verdict comes within the limits
package attack

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
)

// Program is one hostile submission.
type Program struct {
	Name string // of its file, "a01-fork-bomb.c": the row of the threat, and the language
	Try  string // what the attacker does
	Want []deemster.Verdict
	// Limits are the problem's; those of compiling are Compile.
	Limits  deemster.Limits
	Compile deemster.Limits
	Input   string
	// InputSize is how long the input is made; zero leaves it as it is.
	InputSize deemster.Bytes
	Answer    string
	Log       []string // what the log must contain; must not, when it begins with !
	Runs      int
	Only      []string // engines
	Files     []deemster.File
}

// Row is the threat's number: "A01".
func (p Program) Row() string {
	row, _, _ := strings.Cut(p.Name, "-")
	return strings.ToUpper(row)
}

// Extension is that of the program's language.
func (p Program) Extension() string { return strings.TrimPrefix(filepath.Ext(p.Name), ".") }

// Title is what the name says without row and language: "fork bomb".
func (p Program) Title() string {
	_, title, _ := strings.Cut(strings.TrimSuffix(p.Name, filepath.Ext(p.Name)), "-")
	return strings.ReplaceAll(title, "-", " ")
}

// AtCompileTime reports whether the attack is on the compiler.
func (p Program) AtCompileTime() bool { return strings.HasPrefix(p.Name, "g") }

// Load reads the programs in dir.
func Load(dir string) ([]Program, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("attack: %w", err)
	}
	var programs []Program
	for _, e := range entries {
		if filepath.Ext(e.Name()) == "" { // built by [Prebuild]
			continue
		}
		p, err := load(filepath.Join(dir, e.Name()), e.IsDir())
		if err != nil {
			return nil, fmt.Errorf("attack: %s: %w", e.Name(), err)
		}
		programs = append(programs, p)
	}
	return programs, nil
}

func load(path string, isDir bool) (Program, error) {
	p := Program{
		Name:   filepath.Base(path),
		Limits: deemster.Limits{CPU: time.Second, Wall: 3 * time.Second, Memory: 256 * deemster.MiB, Output: deemster.MiB, Processes: 64},
		Answer: "ok\n",
		Runs:   1,
	}
	if !isDir {
		content, err := os.ReadFile(path)
		if err != nil {
			return p, err
		}
		p.Files = []deemster.File{{Name: p.Name, Content: string(content)}}
		return p, p.parse(string(content))
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return p, err
	}
	header := ""
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(path, e.Name()))
		if err != nil {
			return p, err
		}
		if e.Name() == "expect" {
			header = string(content)
			continue
		}
		p.Files = append(p.Files, deemster.File{Name: e.Name(), Content: string(content)})
	}
	return p, p.parse(header)
}

// parse reads the comments that text begins with. Those that are no setting are for
// people.
func (p *Program) parse(text string) error {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		rest, slashes := strings.CutPrefix(line, "//")
		if !slashes {
			var hash bool
			if rest, hash = strings.CutPrefix(line, "#"); !hash {
				break
			}
		}
		key, value, ok := strings.Cut(strings.TrimSpace(rest), ":")
		if !ok {
			continue
		}
		if err := p.set(key, strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	if p.Try == "" || len(p.Want) == 0 {
		return errors.New("it says not what it tries, or not what it wants")
	}
	return nil
}

var verdicts = []deemster.Verdict{
	deemster.Accepted, deemster.WrongAnswer, deemster.TimeLimitExceeded, deemster.MemoryLimitExceeded,
	deemster.OutputLimitExceeded, deemster.RunTimeError, deemster.CompileError,
}

func (p *Program) set(key, value string) (err error) {
	switch key {
	case "try":
		p.Try = value
	case "want":
		for v := range strings.SplitSeq(value, " or ") {
			if !slices.Contains(verdicts, deemster.Verdict(v)) {
				return fmt.Errorf("%q is no verdict", v)
			}
			p.Want = append(p.Want, deemster.Verdict(v))
		}
	case "limits":
		for setting := range strings.FieldsSeq(value) {
			if err := p.limit(setting); err != nil {
				return err
			}
		}
	case "input":
		p.Input, err = unquote(value)
	case "input-size":
		p.InputSize, err = deemster.ParseBytes(value)
	case "answer":
		p.Answer, err = unquote(value)
	case "log":
		text, err := unquote(value)
		if err != nil {
			return err
		}
		p.Log = append(p.Log, text)
	case "runs":
		p.Runs, err = strconv.Atoi(value)
	case "only":
		p.Only = strings.Fields(strings.ReplaceAll(value, ",", " "))
	}
	return err
}

// FullInput is what the program reads.
func (p Program) FullInput() string {
	missing := int(p.InputSize) - len(p.Input)
	if missing <= 0 {
		return p.Input
	}
	return p.Input + strings.Repeat("x\n", missing/2) + strings.Repeat("\n", missing%2)
}

func unquote(text string) (string, error) {
	return strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
}

func (p *Program) limit(setting string) (err error) {
	key, value, _ := strings.Cut(setting, "=")
	switch key {
	case "cpu":
		p.Limits.CPU, err = time.ParseDuration(value)
	case "wall":
		p.Limits.Wall, err = time.ParseDuration(value)
	case "compile":
		p.Compile.CPU, err = time.ParseDuration(value)
	case "memory":
		p.Limits.Memory, err = deemster.ParseBytes(value)
	case "output":
		p.Limits.Output, err = deemster.ParseBytes(value)
	case "processes":
		p.Limits.Processes, err = strconv.Atoi(value)
	default:
		err = fmt.Errorf("unknown limit %q", key)
	}
	return err
}
