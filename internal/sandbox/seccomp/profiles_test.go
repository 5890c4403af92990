package seccomp_test

import (
	"bytes"
	"embed"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

//go:embed testdata/programs
var programs embed.FS

// limits leave room for every runtime, and for an emulated machine: it is the filters that
// are tested.
var limits = deemster.Limits{
	CPU: 5 * time.Minute, Wall: 10 * time.Minute, Memory: deemster.GiB, Output: deemster.MiB, Processes: 256,
}

// TestLanguages runs programs that use threads, files, timers and processes, as each
// language's library does it, under both profiles. Java is told to keep no counters in a
// file, which it would lock.
func TestLanguages(t *testing.T) {
	e := engine(t)
	for _, p := range []struct {
		file         string
		compile, run []string
	}{
		{"threads.c", []string{"/usr/bin/gcc", "-O2", "-w", "-pthread", "-o", "program", "threads.c"}, []string{"/code/program"}},
		{"library.cpp", []string{"/usr/bin/g++", "-O2", "-std=c++20", "-static", "-o", "program", "library.cpp"}, []string{"/code/program"}},
		{"Main.java", []string{"/usr/bin/javac", "-d", ".", "Main.java"}, []string{"/usr/bin/java", "-Xmx256m", "-XX:-UsePerfData", "-cp", "/code", "Main"}},
		{"main.go", nil, []string{"/code/program"}},
		{"main.py", []string{"/usr/bin/python3", "-m", "compileall", "-q", "-b", "."}, []string{"/usr/bin/python3", "/code/main.py"}},
		{"main.js", []string{"/usr/bin/node", "--check", "main.js"}, []string{"/usr/bin/node", "/code/main.js"}},
		{"main.rs", []string{"/usr/bin/rustc", "-O", "-C", "linker=gcc", "-o", "program", "main.rs"}, []string{"/code/program"}},
		{"main.sh", []string{"/bin/bash", "-n", "main.sh"}, []string{"/bin/bash", "/code/main.sh"}},
	} {
		t.Run(p.file, func(t *testing.T) {
			source, err := programs.ReadFile("testdata/programs/" + p.file)
			if err != nil {
				t.Fatal(err)
			}
			b := box(t, e)
			if err := b.WriteFile(p.file, source); err != nil {
				t.Fatal(err)
			}
			if p.compile == nil {
				if err := b.WriteFile("program", buildGo(t, source)); err != nil {
					t.Fatal(err)
				}
			} else {
				succeeds(t, b, p.compile, "")
			}
			t.Log("with the profile for compilers")
			succeeds(t, b, p.run, "ok\n")
			if err := b.Seal(); err != nil {
				t.Fatal(err)
			}
			t.Log("with the profile for runs")
			succeeds(t, b, p.run, "ok\n")
		})
	}
}

func engine(t *testing.T) sandbox.Engine {
	t.Helper()
	e, err := native.New(native.Config{Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func box(t *testing.T, e sandbox.Engine) sandbox.Box {
	t.Helper()
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func succeeds(t *testing.T, b sandbox.Box, args []string, want string) {
	t.Helper()
	var out bytes.Buffer
	o := boxtest.Run(t, b, sandbox.Command{Args: args, Stdout: &out, KeepStderr: 4096, Limits: limits})
	if boxtest.Ending(o) != "exit 0" || out.String() != want {
		t.Fatalf("%v: %s, %q\n%s", args, boxtest.Ending(o), out.String(), o.Stderr)
	}
}

// buildGo compiles on the host: a box has no compiled standard library for it, and how
// one is given to it is tested where languages are judged.
func buildGo(t *testing.T, source []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), source, 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", "program", "main.go")
	build.Dir, build.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if log, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	program, err := os.ReadFile(filepath.Join(dir, "program"))
	if err != nil {
		t.Fatal(err)
	}
	return program
}
