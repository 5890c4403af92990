package build

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// counting is an engine that counts the compilers that run.
type counting struct {
	sandbox.Engine
	compilers atomic.Int32
}

func (e *counting) NewBox(ctx context.Context) (sandbox.Box, error) {
	b, err := e.Engine.NewBox(ctx)
	return &countingBox{Box: b, engine: e}, err
}

type countingBox struct {
	sandbox.Box
	engine *counting
	sealed bool
}

func (b *countingBox) Seal() error { b.sealed = true; return b.Box.Seal() }

func (b *countingBox) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	if !b.sealed {
		b.engine.compilers.Add(1)
	}
	return b.Box.Run(ctx, c)
}

// workshop is an engine and a cache in a directory of the test's own.
type workshop struct {
	*Builder
	engine *counting
	dir    string
}

func open(t *testing.T, budget deemster.Bytes) *workshop {
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
	w := &workshop{engine: &counting{Engine: e}, dir: filepath.Join(t.TempDir(), "builds")}
	w.start(t, budget)
	t.Cleanup(func() { w.stop(t) })
	return w
}

func (w *workshop) start(t *testing.T, budget deemster.Bytes) {
	t.Helper()
	cache, err := OpenCache(w.dir, budget, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	w.Builder = Keeping(w.engine, cache)
}

func (w *workshop) stop(t *testing.T) {
	t.Helper()
	w.Close()
	if err := w.cache.Close(); err != nil {
		t.Error(err)
	}
}

// script is a source that is compiled by the shell.
func script(text string) Source {
	var s Source
	s.Program.Files = []deemster.File{{Name: "source", Content: text}}
	s.Program.Compile = [][]string{{"/bin/sh", "source"}}
	return s
}

// run builds, waits until it is kept, and runs a command in so many boxes of the build,
// which must all print the same.
func (w *workshop) run(t *testing.T, s Source, boxes int, command string) (printed string, cached bool) {
	t.Helper()
	p, err := w.Build(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	w.storing.Wait()
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	if !p.OK {
		return p.Log, p.Cached
	}
	for n := range boxes {
		b, err := p.Box(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		o, err := b.Run(t.Context(), sandbox.Command{
			Args: []string{"/bin/sh", "-c", command}, Stdout: &out, MergeOutput: true, Limits: deemster.DefaultLimits,
		})
		if err = errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
		if o.Ending != sandbox.Exited {
			t.Fatalf("%s: %+v", command, o)
		}
		if n > 0 && out.String() != printed {
			t.Errorf("box %d: %s prints %q, and in the first %q", n, command, out.String(), printed)
		}
		printed = out.String()
	}
	return printed, p.Cached
}

const hello = "printf '#!/bin/sh\\necho hello\\n' > program; chmod +x program"

func TestCompiledOnce(t *testing.T) {
	w := open(t, deemster.GiB)
	for n := range 4 {
		if n == 3 { // another process finds it too
			w.stop(t)
			w.start(t, deemster.GiB)
		}
		got, cached := w.run(t, script(hello), 2, "/code/program")
		if got != "hello\n" || cached != (n > 0) {
			t.Errorf("build %d: prints %q, cached %v", n, got, cached)
		}
	}
	if n := w.engine.compilers.Load(); n != 1 {
		t.Errorf("%d compilers ran for four builds of the same", n)
	}
	if _, cached := w.run(t, script(hello+" # other"), 1, "true"); cached {
		t.Error("another source was found")
	}
	if n := w.engine.compilers.Load(); n != 2 {
		t.Errorf("%d compilers ran, want another", n)
	}
}

func TestCompiledOnceAtOneTime(t *testing.T) {
	w := open(t, deemster.GiB)
	var wait sync.WaitGroup
	var compiled atomic.Int32
	for range 6 {
		wait.Go(func() {
			p, err := w.Build(t.Context(), script("sleep 0.2; "+hello))
			if err != nil || !p.OK {
				t.Errorf("%+v, %v", p, err)
				return
			}
			if !p.Cached {
				compiled.Add(1)
			}
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := w.engine.compilers.Load(); n != 1 || compiled.Load() != 1 {
		t.Errorf("%d compilers ran for six builds at one time, and %d builds say they were compiled", n, compiled.Load())
	}
}

// Who waits for a build of somebody who goes away makes it himself.
func TestFirstGoesAway(t *testing.T) {
	w := open(t, deemster.GiB)
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := w.Build(ctx, script("sleep 1; "+hello))
		gone <- err
	}()
	for w.engine.compilers.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	time.AfterFunc(50*time.Millisecond, cancel)
	p, err := w.Build(t.Context(), script("sleep 1; "+hello))
	if err != nil || !p.OK || p.Cached {
		t.Fatalf("%+v, %v", p, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
}

// Compilers' own words are kept; what could be otherwise the next time is not.
func TestWhatIsKept(t *testing.T) {
	w := open(t, deemster.GiB)
	hungry := script("while :; do :; done")
	hungry.Limits = deemster.Limits{CPU: 100 * time.Millisecond}
	memory := script("tail /dev/zero")
	memory.Limits = deemster.Limits{Memory: 32 * deemster.MiB}
	missing := script("")
	missing.Program.Compile = [][]string{{"/no/compiler"}}
	for _, tt := range []struct {
		name   string
		source Source
		log    string
		kept   bool
	}{
		{"success", script("echo warning"), "", true},
		{"error", script("echo 1: wrong; exit 1"), "1: wrong\n", true},
		{"no processor time", hungry, "Compiling takes more", false},
		{"no memory", memory, "Compiling needs more", false},
		{"signal", script("kill -SEGV $$"), "SIGSEGV", false},
		{"a compiler that is not there", missing, "no such file", false},
		{"a killed compiler's driver", script("exit 137"), "", false},
		{"a link", script("ln -s /etc/passwd x"), "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for n := range 2 {
				got, cached := w.run(t, tt.source, 2, "true")
				if !strings.Contains(got, tt.log) || cached != (tt.kept && n > 0) {
					t.Errorf("build %d: log %q, cached %v", n, got, cached)
				}
			}
		})
	}
}

// A file that is not what was written is never used, wherever the damage is; and one that
// is whole always is.
func TestDamage(t *testing.T) {
	w := open(t, deemster.GiB)
	if _, cached := w.run(t, script(hello), 1, "true"); cached {
		t.Fatal("it was there before")
	}
	path := w.only(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range []func([]byte) []byte{
		func(b []byte) []byte { return b[:0] },
		func(b []byte) []byte { return b[:10] },
		func(b []byte) []byte { return b[:labelSize+5] },
		func(b []byte) []byte { return b[:len(b)-1] },
		func(b []byte) []byte { return append(b, 0) },
		func(b []byte) []byte { b[0] ^= 1; return b },
		func(b []byte) []byte { b[labelSize-1] ^= 1; return b },
		func(b []byte) []byte { b[labelSize-4] ^= 0x80; return b },
		func(b []byte) []byte { b[labelSize+2] ^= 1; return b },
		func(b []byte) []byte { b[bytes.LastIndex(b, []byte("hello"))] ^= 1; return b },
	} {
		if err := os.WriteFile(path, damage(bytes.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, cached := w.run(t, script(hello), 1, "/code/program"); cached || got != "hello\n" {
			t.Errorf("a damaged file was used: %q", got)
		}
		if got, cached := w.run(t, script(hello), 1, "/code/program"); !cached || got != "hello\n" {
			t.Errorf("a whole file was not used: %q", got)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, cached := w.run(t, script(hello), 1, "true"); cached {
		t.Error("a file that is gone was used")
	}
}

// only is the one file in the cache besides its lock.
func (w *workshop) only(t *testing.T) string {
	t.Helper()
	names := w.names(t)
	if len(names) != 1 {
		t.Fatalf("in the cache are %v", names)
	}
	return filepath.Join(w.dir, names[0])
}

// names are the files in the cache, which must all be builds.
func (w *workshop) names(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if f.Name() == lockName {
			continue
		}
		if !key(f.Name()).valid() || !f.Type().IsRegular() {
			t.Errorf("in the cache is %v", f)
		}
		names = append(names, f.Name())
	}
	return names
}

// Whatever a compiler leaves, the cache has files of ours only, and a build from it is
// the build that was: not what a program has done to it since.
func TestNobodyPoisons(t *testing.T) {
	w := open(t, deemster.GiB)
	const look = "cd /code; find . -type f -exec stat -c '%n %a %s %Y' {} + | sort; cat p* 2>/dev/null; :"
	for n, text := range []string{
		"mkdir -p ..data ...; touch '..data/ -rf *' '.../;id' lock store-1 '\\..\\x'; echo x > p",
		"mkdir ' '; cd ' '; touch \"$(printf 'a\\nb')\"",
		"touch " + strings.Repeat("0", 64) + "; chmod 0 source; echo y > p; chmod 777 p",
		"touch -d @0 p; touch -d @4000000000 q; ln source hard",
		"(while :; do echo late >> p; done) & echo first > p", // ends with the compiler
		"head -c 20000000 /dev/zero > zeros",
	} {
		before, cached := w.run(t, script(text), 2, look)
		if cached {
			t.Errorf("%s: it was there before", text)
		}
		_, _ = w.run(t, script(text), 1, "cd /code; echo poison > p; rm -f *; touch new; chmod 777 .; :")
		after, cached := w.run(t, script(text), 2, look)
		if !cached || after != before {
			t.Errorf("%s: cached %v\nbefore: %s\nafter: %s", text, cached, before, after)
		}
		if names := w.names(t); len(names) != n+1 {
			t.Errorf("%s: in the cache are %v", text, names)
		}
	}
	if there, err := os.ReadDir(filepath.Dir(w.dir)); err != nil || len(there) != 1 {
		t.Errorf("beside the cache are %v, %v", there, err)
	}
}

// The longest unused go first, also those of an earlier process; what is in use stays.
func TestBudget(t *testing.T) {
	w := open(t, 5*deemster.MiB)
	source := func(name string) Source { return script("head -c 2000000 /dev/zero > f; echo " + name + " > name") }
	use := func(name string, want bool) {
		t.Helper()
		if got, cached := w.run(t, source(name), 2, "cat /code/name"); cached != want || got != name+"\n" {
			t.Errorf("%s: %q, cached %v", name, got, cached)
		}
	}
	use("a", false)
	use("b", false)
	use("a", true)
	use("c", false) // b goes
	use("a", true)
	held, err := w.Build(t.Context(), source("c"))
	if err != nil || !held.Cached {
		t.Fatalf("%+v, %v", held, err)
	}
	use("b", false)
	use("d", false) // by now c has gone
	for range 2 {
		b, err := held.Box(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := held.Close(); err != nil {
		t.Error(err)
	}
	w.stop(t)
	w.start(t, deemster.MiB)
	if names := w.names(t); len(names) > 0 {
		t.Errorf("a smaller budget, and still there are %v", names)
	}
}

// Two processes cannot have one directory, and what one has not finished is removed.
func TestDirectory(t *testing.T) {
	w := open(t, deemster.GiB)
	if _, err := OpenCache(w.dir, 0, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("the directory was given twice")
	}
	w.stop(t)
	for _, name := range []string{storePrefix + "1", "link", strings.Repeat("g", 64)} {
		if err := os.WriteFile(filepath.Join(w.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.start(t, deemster.GiB)
	if names := w.names(t); len(names) > 0 {
		t.Errorf("there are %v", names)
	}
}

// Every part of a build is in its key, and no two parts run into one another.
func TestKey(t *testing.T) {
	limits := deemster.CompileLimits
	base := func(change func(*Source)) Source {
		s := script("text")
		s.Limits = limits
		change(&s)
		return s
	}
	seen := map[key]int{}
	for n, s := range []Source{
		base(func(*Source) {}),
		base(func(s *Source) { s.Language.ID = "other" }),
		base(func(s *Source) { s.Limits.CPU++ }),
		base(func(s *Source) { s.Limits.Wall++ }),
		base(func(s *Source) { s.Limits.Memory++ }),
		base(func(s *Source) { s.Limits.Processes++ }),
		base(func(s *Source) { s.Program.Files[0].Name = "sourcet"; s.Program.Files[0].Content = "ext" }),
		base(func(s *Source) { s.Program.Files[0].Content = "\xff" }),
		base(func(s *Source) { s.Program.Files[0].Content = "\xfe" }),
		base(func(s *Source) { s.Program.Files = append(s.Program.Files, deemster.File{}) }),
		base(func(s *Source) { s.Program.Files = nil }),
		base(func(s *Source) { s.Program.Compile = [][]string{{"/bin/sh"}, {"source"}} }),
		base(func(s *Source) { s.Program.Compile = [][]string{{"/bin/sh source"}} }),
		base(func(s *Source) { s.Program.Compile = [][]string{{"/bin/sh", "source", ""}} }),
	} {
		k := keyOf("engine", s)
		if other, twice := seen[k]; twice || !k.valid() {
			t.Errorf("sources %d and %d have the key %s", other, n, k)
		}
		seen[k] = n
	}
	if _, twice := seen[keyOf("other", base(func(*Source) {}))]; twice {
		t.Error("another engine makes no difference")
	}
	if again := keyOf("engine", base(func(s *Source) { s.Program.Run = []string{"x"} })); seen[again] != 0 {
		t.Error("how a program is run makes a difference to its compiler")
	}
}
