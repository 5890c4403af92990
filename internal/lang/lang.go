// Package lang knows the programming languages: how each is compiled and run, what it is
// allowed beyond a problem's limits, and whether this machine has its toolchain. A
// language is a file in languages/, not code.
//
// What the file says of a language becomes, for one submission, a [Program]: files and
// command lines for a box. Command lines may hold these words:
//
//	{sources}   every source file of the submission, an argument each
//	{entry}     the source file that is run
//	{program}   its name without the extension
//	{main}      what is run when that is not a file: Java's class
//	{heap_mib}  the problem's memory limit in MiB, before the language's extra
//	{stack_kib} the same in KiB, at most 1000 MiB: how far the stack may grow
//	{cache}     the language's directory under CacheDir, see [Language.Prepare]
//	{arch}      the processor, as Go calls it: "amd64"
//	{NAME}      the first of the tool's places that exists in boxes, see Language.Tools
package lang

import (
	"slices"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
)

// CacheDir is where boxes see, read-only, the directory given to [Language.Prepare], and
// where a machine keeps it when nothing else is said: a box's table of mounts names both.
const CacheDir = "/var/cache/deemster/languages"

// Language is how programs of one language are compiled and run.
type Language struct {
	ID         string   `yaml:"-"` // of the ICPC problem package format, the name of its file
	Name       string   `yaml:"name"`
	Extensions []string `yaml:"extensions"` // of sources, without the dot
	Headers    []string `yaml:"headers"`    // of files that sources may include
	Source     string   `yaml:"source"`     // file name of a single source: "main.cpp"
	Entry      Entry    `yaml:"entry"`      // how the entry point is found
	// Like is the language whose extensions these are first of all, and behind which this
	// one is listed: "main.py" is Python 3, unless PyPy is said.
	Like string `yaml:"like"`
	// Tools are programs or directories of the toolchain by name, each with the places
	// to look for it. All are needed but the Optional ones: an argument of a command that
	// names one of those is left out where it is lacking.
	Tools    map[string][]string `yaml:"tools"`
	Optional []string            `yaml:"optional"`
	// PrepareScript and WarmScript fill the language's cache; see [Language.Prepare].
	PrepareScript string `yaml:"prepare"`
	WarmScript    string `yaml:"warm"`
	// Compile is run in the box, one command after the other, in the directory of the
	// sources.
	Compile [][]string `yaml:"compile"`
	Run     []string   `yaml:"run"`
	Env     []string   `yaml:"env"`     // of Run
	Version []string   `yaml:"version"` // prints the toolchain's version
	Package string     `yaml:"package"` // Debian's packages that bring it
	Npm     string     `yaml:"npm"`     // npm's packages that it takes besides, with their versions

	Allowance `yaml:",inline"`

	// What [Find] has found; nothing before.
	found   map[string]found // tools by name
	version string
	root    string // the directory of this machine that boxes take tools from, if there is one
	cache   string // name of the language's directory in the cache
}

// Allowance is what a language gets beyond a problem's limits:
// CPU × TimeFactor + TimeExtra, memory + MemoryExtra.
type Allowance struct {
	TimeFactor  float64       `yaml:"time_factor"` // 0 is 1
	TimeExtra   time.Duration `yaml:"time_extra"`
	MemoryExtra deemster.Size `yaml:"memory_extra"`
	Processes   int           `yaml:"processes"` // what its runtime needs at least; 0 leaves the problem's limit
}

// Entry says how a language's entry point is found.
type Entry string

// Every way to find an entry point.
const (
	EntryFile  Entry = ""      // the file called Source, or the first one
	EntryClass Entry = "class" // the Java class that has main
)

// Limits adds the language's allowance to a problem's limits. The wall limit grows with
// the CPU limit as [deemster.WallFor] has it.
func (a Allowance) Limits(problem deemster.Limits) deemster.Limits {
	l := problem.Or(deemster.DefaultLimits)
	factor := a.TimeFactor
	if factor == 0 {
		factor = 1
	}
	cpu := time.Duration(float64(l.CPU)*factor) + a.TimeExtra
	l.Wall = max(0, l.Wall+deemster.WallFor(cpu)-deemster.WallFor(l.CPU))
	l.CPU = cpu
	l.Memory += deemster.Bytes(a.MemoryExtra)
	l.Processes = max(l.Processes, a.Processes)
	return l
}

// ByFile finds the language of a source by its name's extension: the first in languages
// that knows it.
func ByFile(languages []Language, name string) (Language, bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return Language{}, false
	}
	for _, l := range languages {
		if slices.Contains(l.Extensions, name[dot+1:]) {
			return l, true
		}
	}
	return Language{}, false
}

// OfFiles finds the language of a program: the one called id or, when that is empty, the
// one that the name of a file tells, the first that does.
func OfFiles(languages []Language, id string, files []deemster.File) (Language, bool) {
	if id != "" {
		return ByID(languages, id)
	}
	for _, f := range files {
		if l, ok := ByFile(languages, f.Name); ok {
			return l, true
		}
	}
	return Language{}, false
}

// ByID finds a language by its id.
func ByID(languages []Language, id string) (Language, bool) {
	for _, l := range languages {
		if l.ID == id {
			return l, true
		}
	}
	return Language{}, false
}
