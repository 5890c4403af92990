// Package lang knows the programming languages: how each is compiled and run, what it is
// allowed beyond a problem's limits, and whether this machine has its toolchain. A
// language is a file in languages/, not code.
package lang

import (
	"time"

	"github.com/deemster-oj/deemster"
)

// Language is how programs of one language are compiled and run.
type Language struct {
	ID         string
	Name       string
	Extensions []string // without the dot; the first names a source that came without a name
	Source     string   // file name of a single source: "main.cpp"
	// Compile and Run are command lines in a box. {source} stands for the file that has
	// the entry point, {sources} for all files of the language, {main} for what Run
	// needs to name (Java's class), {memory_mib} for the run's memory limit, in MiB.
	Compile []string // empty when nothing is compiled or checked
	Run     []string
	Env     []string
	// What the language is allowed beyond the problem's limits:
	// CPU × TimeFactor + TimeExtra, memory + MemoryExtra.
	TimeFactor  float64
	TimeExtra   time.Duration
	MemoryExtra deemster.Bytes
	Processes   int      // processes and threads its runtime needs; 0 leaves the problem's limit
	Version     []string // a command that prints the toolchain's version
	Package     string   // Debian's package that brings it
}
