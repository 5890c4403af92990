package main

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed programs
var programs embed.FS

// builds are the programs: how each is made of its source.
var builds = map[string][]string{
	"floor":        {"gcc", "-O2", "floor.c"},
	"clock":        {"gcc", "-O2", "-static", "clock.c"},
	"work":         {"gcc", "-O1", "-static", "work.c"},
	"hello":        {"g++", "-O2", "hello.cpp"},
	"hello-static": {"g++", "-O2", "-static", "hello.cpp"},
	"sum":          {"g++", "-O2", "sum.cpp"},
	"sum-static":   {"g++", "-O2", "-static", "sum.cpp"},
}

// build compiles every program into the directory of the bench.
func (b *bench) build() error {
	if err := os.Chmod(b.dir, 0o755); err != nil { // boxes read it
		return err
	}
	if err := os.WriteFile(b.path("input"), []byte("20 22\n"), 0o644); err != nil {
		return err
	}
	for name, command := range builds {
		file := command[len(command)-1]
		source, err := programs.Open("programs/" + file)
		if err != nil {
			return err
		}
		language := "c"
		if strings.HasSuffix(file, ".cpp") {
			language = "c++"
		}
		compiler := exec.Command(command[0], append(command[1:len(command)-1], "-o", b.path(name), "-x", language, "-")...)
		compiler.Stdin = source
		if log, err := compiler.CombinedOutput(); err != nil {
			return fmt.Errorf("compile %s: %w\n%s", file, err, log)
		}
	}
	return nil
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// floor runs one program bare, over and over.
type floor struct {
	process *exec.Cmd
	ask     io.WriteCloser
	answer  io.Reader
}

func (b *bench) floor(program string) (*floor, error) {
	f := &floor{process: exec.Command(b.path("floor"), b.path(program), b.path("input"))}
	var err error
	if f.ask, err = f.process.StdinPipe(); err != nil {
		return nil, err
	}
	if f.answer, err = f.process.StdoutPipe(); err != nil {
		return nil, err
	}
	return f, f.process.Start()
}

// run gives the time that each of n runs took.
func (f *floor) run(n int) ([]time.Duration, error) {
	if err := binary.Write(f.ask, binary.LittleEndian, uint32(n)); err != nil {
		return nil, err
	}
	took := make([]time.Duration, n)
	if err := binary.Read(f.answer, binary.LittleEndian, took); err != nil {
		return nil, fmt.Errorf("the floor: %w", err)
	}
	return took, nil
}

func (f *floor) close() error { return errors.Join(f.ask.Close(), f.process.Wait()) }
