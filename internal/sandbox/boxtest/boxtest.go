// Package boxtest is the contract of a sandbox engine as a test: programs in testdata,
// each with the ending it must have, and what must hold around every one of them.
package boxtest

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

//go:embed testdata/*.c
var programs embed.FS

// program is a C file that begins with what must become of it:
//
//	// want: exit 0
//	// limits: memory=64MiB cpu=500ms
//	// runs: 2
//
// What an engine cannot keep has a line of its own, and the reason below it. It begins
// with what the engine's name begins with:
//
//	// want on oci:runsc: memory
type program struct {
	name   string
	want   []string // any of these: "exit 0", "signal SIGSEGV", "memory", "cpu", …
	limits deemster.Limits
	runs   int // times it is run in its box; each must end as wanted
}

// Contract runs everything on an engine.
func Contract(t *testing.T, e sandbox.Engine) {
	entries, err := programs.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".c")
		if strings.HasPrefix(name, "helper-") {
			continue
		}
		p, err := parse(name, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { p.check(t, e) })
	}
	t.Run("cancel", func(t *testing.T) { cancel(t, e) })
	t.Run("cannot-start", func(t *testing.T) { cannotStart(t, e) })
	t.Run("input", func(t *testing.T) { input(t, e) })
	t.Run("output-is-cut", func(t *testing.T) { outputIsCut(t, e) })
	t.Run("exchange", func(t *testing.T) { exchange(t, e) })
	t.Run("artefact", func(t *testing.T) { artefacts(t, e) })
}

func parse(name, engine string) (program, error) {
	source, err := programs.ReadFile("testdata/" + name + ".c")
	if err != nil {
		return program{}, err
	}
	p := program{name: name, limits: deemster.Limits{
		CPU: time.Minute, Wall: 2 * time.Minute, Memory: 64 * deemster.MiB, Output: deemster.MiB, Processes: 16,
	}, runs: 1}
	for line := range strings.Lines(string(source)) {
		key, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "// "), ": ")
		if !strings.HasPrefix(line, "//") || !ok {
			continue
		}
		if on, ok := strings.CutPrefix(key, "want on "); ok && strings.HasPrefix(engine, on) {
			key = "want"
		}
		switch key {
		case "want":
			p.want = strings.Split(value, " or ")
		case "runs":
			p.runs, err = strconv.Atoi(value)
		case "limits":
			for setting := range strings.FieldsSeq(value) {
				if err = p.limit(setting); err != nil {
					break
				}
			}
		}
		if err != nil {
			return p, fmt.Errorf("%s: %s: %w", name, key, err)
		}
	}
	if len(p.want) == 0 {
		return p, fmt.Errorf("%s: says not what it wants", name)
	}
	return p, nil
}

func (p *program) limit(setting string) error {
	key, value, _ := strings.Cut(setting, "=")
	mib, isSize := strings.CutSuffix(value, "MiB")
	var err error
	var n int
	if isSize || key == "processes" {
		if n, err = strconv.Atoi(mib); err != nil {
			return err
		}
	}
	switch key {
	case "cpu":
		p.limits.CPU, err = time.ParseDuration(value)
	case "wall":
		p.limits.Wall, err = time.ParseDuration(value)
	case "memory":
		p.limits.Memory = deemster.Bytes(n) * deemster.MiB
	case "output":
		p.limits.Output = deemster.Bytes(n) * deemster.MiB
	case "processes":
		p.limits.Processes = n
	default:
		err = fmt.Errorf("unknown limit %q", key)
	}
	return err
}

// check compiles and runs one program, and then an honest one in the same box, which must
// find everything as if it were the first.
func (p *program) check(t *testing.T, e sandbox.Engine) {
	b := Box(t, e, p.name, "helper-honest")
	for range p.runs {
		var out bytes.Buffer
		o := Run(t, b, sandbox.Command{Args: []string{"/code/" + p.name}, Stdout: &out, KeepStderr: 4096, Limits: p.limits})
		if got := Ending(o); !slices.Contains(p.want, got) {
			t.Fatalf("got %s, want %s\n%+v\nstdout: %.300q\nstderr: %.300q", got, strings.Join(p.want, " or "), o, out.String(), o.Stderr)
		}
		if o.Ending == sandbox.CPULimit && o.CPU < p.limits.CPU {
			t.Errorf("over the CPU limit of %s, and reported with %s", p.limits.CPU, o.CPU)
		}
	}
	var out bytes.Buffer
	o := Run(t, b, sandbox.Command{Args: []string{"/code/helper-honest"}, Stdout: &out, KeepStderr: 4096, Limits: deemster.DefaultLimits})
	if Ending(o) != "exit 0" || out.String() != "clean\n" {
		t.Errorf("the next run: %s, %q, %q", Ending(o), out.String(), o.Stderr)
	}
}

// Ending is an outcome in words: "exit 0", "signal SIGSEGV", "memory".
func Ending(o sandbox.Outcome) string {
	switch o.Ending {
	case sandbox.Exited:
		return fmt.Sprintf("exit %d", o.ExitCode)
	case sandbox.Signalled:
		return "signal " + o.Signal
	}
	return string(o.Ending)
}

// Prebuilt, an environment variable, names a directory with the programs compiled by
// [Prebuild]: for a machine that has no compiler.
const Prebuilt = "DEEMSTER_BOXTEST_PROGRAMS"

// Box makes a box with programs of testdata in it, by name, compiled and sealed.
func Box(t testing.TB, e sandbox.Engine, names ...string) sandbox.Box {
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
	for _, name := range names {
		if dir := os.Getenv(Prebuilt); dir != "" {
			binary, err := os.ReadFile(filepath.Join(dir, name))
			if err == nil {
				err = b.WriteFile(name, binary)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		compile(t, b, name)
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	return b
}

func compile(t testing.TB, b sandbox.Box, name string) {
	t.Helper()
	source, err := programs.ReadFile("testdata/" + name + ".c")
	if err == nil {
		err = b.WriteFile(name+".c", source)
	}
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	o := Run(t, b, sandbox.Command{
		Args:   append(compiler, "-o", name, name+".c"),
		Stdout: &log, MergeOutput: true, Limits: deemster.CompileLimits,
	})
	if Ending(o) != "exit 0" {
		t.Fatalf("compile %s: %s\n%s", name, Ending(o), log.String())
	}
}

var compiler = []string{"/usr/bin/gcc", "-O0", "-w", "-pthread"}

// Prebuild compiles every program into dir, linked statically, outside any box.
func Prebuild(dir string) error {
	entries, err := programs.ReadDir("testdata")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		source, err := programs.ReadFile("testdata/" + entry.Name())
		if err != nil {
			return err
		}
		out := filepath.Join(dir, strings.TrimSuffix(entry.Name(), ".c"))
		gcc := exec.Command(compiler[0], append(compiler[1:], "-static", "-o", out, "-x", "c", "-")...)
		gcc.Stdin = bytes.NewReader(source)
		if log, err := gcc.CombinedOutput(); err != nil {
			return fmt.Errorf("compile %s: %w\n%s", entry.Name(), err, log)
		}
	}
	return nil
}

// Run runs a command; it fails the test when the box fails.
func Run(t testing.TB, b sandbox.Box, c sandbox.Command) sandbox.Outcome {
	t.Helper()
	o, err := b.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func cancel(t *testing.T, e sandbox.Engine) {
	b := Box(t, e, "wall-sleep", "helper-honest")
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, stop)
	o, err := b.Run(ctx, sandbox.Command{Args: []string{"/code/wall-sleep"}, Limits: deemster.DefaultLimits})
	if err != nil || o.Ending != sandbox.Cancelled {
		t.Errorf("cancelled: %+v, %v", o, err)
	}
	if o := Run(t, b, sandbox.Command{Args: []string{"/code/helper-honest"}, Limits: deemster.DefaultLimits}); Ending(o) != "exit 0" {
		t.Errorf("the run after a cancelled one: %+v", o)
	}
}

func cannotStart(t *testing.T, e sandbox.Engine) {
	b := Box(t, e)
	o := Run(t, b, sandbox.Command{Args: []string{"/code/none"}, Limits: deemster.DefaultLimits})
	if Ending(o) != "exit 127" || !strings.Contains(string(o.Stderr), "no such file") {
		t.Errorf("a program that is not there: %s, %q", Ending(o), o.Stderr)
	}
}

// input is read to its end, in part, or not at all, and is the same for every run.
func input(t *testing.T, e sandbox.Engine) {
	b := Box(t, e, "helper-copy")
	for _, size := range []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 3 << 20} {
		content := make([]byte, size)
		for i := range content {
			content[i] = byte(i * i >> 8)
		}
		file, err := os.Create(filepath.Join(t.TempDir(), "input"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(content); err != nil {
			t.Fatal(err)
		}
		for _, part := range []int{size, size / 2, 0} {
			if _, err := file.Seek(0, 0); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			l := deemster.DefaultLimits
			o := Run(t, b, sandbox.Command{
				Args: []string{"/code/helper-copy", strconv.Itoa(part)}, Stdin: file, Stdout: &out, KeepStderr: 100, Limits: l,
			})
			if Ending(o) != "exit 0" || !bytes.Equal(out.Bytes(), content[:part]) {
				t.Errorf("%d of %d bytes: %s, %d bytes came back, %q", part, size, Ending(o), out.Len(), o.Stderr)
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func outputIsCut(t *testing.T, e sandbox.Engine) {
	b := Box(t, e, "helper-print")
	for _, c := range []struct {
		out, err, wantOut, wantErr int
		ending                     string
		cut                        bool
	}{
		{1000, 100, 1000, 100, "exit 0", false},
		{1 << 20, 101, 1 << 20, 100, "exit 0", true},
		{1<<20 + 1, 0, 1 << 20, 0, "output", false},
	} {
		var out bytes.Buffer
		l := deemster.DefaultLimits
		l.Output = deemster.MiB
		o := Run(t, b, sandbox.Command{
			Args:   []string{"/code/helper-print", strconv.Itoa(c.out), strconv.Itoa(c.err)},
			Stdout: &out, KeepStderr: 100, Limits: l,
		})
		if Ending(o) != c.ending || out.Len() != c.wantOut || len(o.Stderr) != c.wantErr || o.StderrCut != c.cut {
			t.Errorf("%d and %d bytes: %s, %d and %d bytes, cut %v", c.out, c.err, Ending(o), out.Len(), len(o.Stderr), o.StderrCut)
		}
	}
}
