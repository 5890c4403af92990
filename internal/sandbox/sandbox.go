// Package sandbox runs untrusted commands in boxes and tells how each ended.
//
// A [Box] is made for one submission and never used again. It begins with an empty
// writable directory, /code. The submission's files are put there, a compiler may run
// there, and then [Box.Seal] makes it read-only for good. After that each run starts in
// /scratch, a small writable directory that is empty again for every run; /tmp and
// /dev/shm are the same directory. Nothing of the host is visible but its toolchains,
// read-only. There is no network, no other process, no secret.
//
// The package keeps two failures apart: what the program did is an [Outcome]; when the
// box itself failed there is an error, and nothing is said of the program.
package sandbox

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/deemster-oj/deemster"
)

// Where things are inside a box.
const (
	CodeDir    = "/code"    // sources and what the compiler made of them
	ScratchDir = "/scratch" // the working directory of a run
)

// Engine makes boxes. It is safe for use by many goroutines.
type Engine interface {
	// NewBox gives a fresh box, from a pool when one is ready.
	NewBox(ctx context.Context) (Box, error)
	// Name says what keeps the prisoners in: "native (cgroup v1)".
	Name() string
	// Close destroys the boxes in the pool. Boxes given out are closed by their holders.
	Close() error
}

// Box is a container for one submission. It runs one command at a time.
type Box interface {
	// WriteFile puts a file with a plain name into /code, to be read and executed by the
	// program and not changed. It fails after Seal, and when the name is taken.
	WriteFile(name string, content []byte) error
	// Load fills /code, in which there was nothing yet, with what artefact.Write has written
	// of another box's. It fails after Seal.
	Load(from io.Reader) error
	// Seal makes /code read-only. What was built there cannot be changed any more.
	Seal() error
	// Code opens /code, once it is sealed, for artefact.Write. The file can be read while
	// commands run and after Close.
	Code() (*os.File, error)
	// Run runs a command to its end, or until a limit or ctx ends it, and returns when
	// nothing of it is left in the box. Before Seal it starts in /code and may write
	// there; after, in /scratch.
	Run(ctx context.Context, c Command) (Outcome, error)
	// Beside puts the box's runs on the processor of other's: those of the two wait for
	// each other, or take turns. A box of another engine changes nothing.
	Beside(other Box) error
	// Close kills what runs and removes every trace of the box.
	Close() error
}

// Command is one program to run in a box.
type Command struct {
	Args []string // Args[0] is an absolute path in the box
	Env  []string // "NAME=value", added to PATH, HOME, LANG and TMPDIR
	// Stdin is what the program reads, from where the file stands; nil is empty. A regular
	// file comes through a pipe, anything else is handed to the program as it is.
	Stdin *os.File
	// Stdout receives the output while the program runs, at most Limits.Output bytes.
	// An *os.File is handed to the program as it is, and then not limited. Nil discards.
	Stdout io.Writer
	// Started, when set, is called once the program has its descriptors: what was handed to
	// it as it is may be closed on this side.
	Started func()
	// KeepStderr is how many bytes of standard error are kept; the rest is read and
	// thrown away.
	KeepStderr deemster.Bytes
	// MergeOutput sends standard error where standard output goes, as compile logs want it.
	MergeOutput bool
	// Limits are all set: use Limits.Or.
	Limits deemster.Limits
	// Scratch is how large a file may be that the run writes; zero is deemster.MaxScratch,
	// or in a box that is not sealed what all of its files may take.
	Scratch deemster.Bytes
	// Give are files that the run finds in /scratch. They take nothing of its memory nor of
	// its room there.
	Give []Given
	// Take are files that are read from /scratch when nothing of the run is left.
	Take []Taken
}

// Given is a file that a run finds in /scratch: a copy, which it may read.
type Given struct {
	// Name is "name" or "directory/name". The directory is made, and is the run's own to
	// write in.
	Name string
	File *os.File // a regular file; where it stands does not matter, and stays
}

// Taken is a file that a run leaves in /scratch. When there is none, or a link, a
// directory or anything but a regular file, To is not written to. Of a longer one To gets
// the beginning.
type Taken struct {
	Name  string // as Given has it; the directory is made before the run
	Limit deemster.Bytes
	To    io.Writer
}

// Ending says what ended a run.
type Ending string

// Every ending. When several limits broke, the first in this list that holds is told.
const (
	MemoryLimit Ending = "memory" // the kernel's out-of-memory killer ended something in the run
	CPULimit    Ending = "cpu"
	WallLimit   Ending = "wall"
	OutputLimit Ending = "output" // more standard output than allowed, or a file larger than allowed
	Signalled   Ending = "signal" // by a signal that was not ours: Outcome.Signal
	Exited      Ending = "exit"   // by itself: Outcome.ExitCode
	Cancelled   Ending = "cancelled"
)

// Outcome is how a run ended and what it used, measured by the kernel.
type Outcome struct {
	Ending   Ending
	ExitCode int           // when Exited
	Signal   string        // "SIGSEGV"; also when our own kill ended it
	CPU      time.Duration // of all threads and children, reaped or not
	Wall     time.Duration
	Memory   deemster.Bytes // peak
	Output   deemster.Bytes // bytes that went to Stdout
	Stderr   []byte         // the first KeepStderr bytes
	// StderrCut is set when there was more.
	StderrCut bool
}

// ErrCancelled is why a run whose ending is Cancelled was cancelled, when ctx was its
// context.
func ErrCancelled(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return errors.New("sandbox: the run was cancelled, and nobody asked for it")
}
