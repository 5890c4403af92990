package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// judgingFlags are those of all commands that judge on this machine.
type judgingFlags struct {
	languageFlags
	JSON          bool    `name:"json" help:"Print JSON."`
	TimeLimit     seconds `placeholder:"TIME" help:"CPU time for a test instead of the package's, before a language's allowance: 1.5s, or seconds."`
	MemoryLimit   memory  `placeholder:"SIZE" help:"Memory instead of the package's, before a language's allowance: 256MiB."`
	Jobs          int     `default:"1" placeholder:"N" help:"Submissions judged at a time. More than the machine's cores make times untrue (${default})."`
	Progress      bool    `help:"Tell on standard error what is being done, also when it is no terminal."`
	LanguageCache string  `env:"DEEMSTER_LANGUAGE_CACHE" placeholder:"DIR" help:"Where prepared languages are kept (root: /var/cache/deemster/languages; others: their cache directory)."`
	boxFlags
}

// boxFlags are those of all commands that make boxes.
type boxFlags struct {
	Box   string `default:"native" env:"DEEMSTER_BOX" placeholder:"SPEC" help:"What programs are boxed with: native, oci:runc, oci:crun, oci:runsc (or a path after oci:), docker:HOST (${default})."`
	Image string `env:"DEEMSTER_IMAGE" placeholder:"DIR" help:"Root file system that boxes see, as scripts/make-image makes it; with docker the name of an image (this machine's own toolchains)."`
}

// seconds is a time as people write it: "1.5s", "1500ms", or a plain number of seconds.
type seconds time.Duration

// UnmarshalText reads a time from a flag.
func (s *seconds) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if n, numberErr := strconv.ParseFloat(string(text), 64); numberErr == nil {
		d, err = time.Duration(n*float64(time.Second)), nil
	}
	if err != nil || d < time.Millisecond || d > time.Hour {
		return fmt.Errorf("%q is no time from 1ms to 1h: write 1.5s, or seconds", text)
	}
	*s = seconds(d)
	return nil
}

// memory is a memory limit; see [deemster.ParseBytes].
type memory deemster.Bytes

// UnmarshalText reads a memory limit from a flag.
func (m *memory) UnmarshalText(text []byte) error {
	n, err := deemster.ParseBytes(string(text))
	if err == nil && n < deemster.MiB {
		err = fmt.Errorf("%q is less than %v", text, deemster.MiB)
	}
	*m = memory(n)
	return err
}

// limits are the package's limits with what the flags change.
func (f judgingFlags) limits(p *pack.Package) deemster.Limits {
	l := p.Limits
	if f.TimeLimit > 0 {
		l.CPU, l.Wall = time.Duration(f.TimeLimit), 0
	}
	if f.MemoryLimit > 0 {
		l.Memory = deemster.Bytes(f.MemoryLimit)
	}
	return l.Or(deemster.DefaultLimits)
}

// bench is what judging on this machine takes: boxes, and languages that are ready.
type bench struct {
	engine    sandbox.Engine
	builder   *build.Builder
	builds    *build.Cache // in dir: a package's validator is compiled once
	dir       string
	all       []lang.Language // ready or not
	languages []lang.Language // ready
	infos     []deemster.LanguageInfo
}

// openBench makes the wanted languages ready and opens an engine for them.
func (f judgingFlags) openBench(ctx context.Context, wanted []lang.Language) (*bench, error) {
	dir := f.LanguageCache
	if dir == "" {
		var err error
		if dir, err = lang.DefaultCacheDir(); err != nil {
			return nil, err
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	b := &bench{}
	if b.all, err = f.load(); err != nil {
		return nil, err
	}
	b.engine, err = engine.Open(ctx, f.Box, engine.Config{
		Slots:    f.Jobs,
		Pool:     f.Jobs,
		Image:    f.Image,
		ReadOnly: []image.Dir{{Host: dir, Box: lang.CacheDir}},
		Log:      slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return nil, err
	}
	if err := b.openBuilds(); err != nil {
		return nil, errors.Join(err, b.engine.Close())
	}
	if b.languages, b.infos, err = lang.Detect(ctx, b.engine, wanted, dir); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

// language is a language that is ready, or an error that says what is missing.
func (b *bench) language(id string) (lang.Language, error) {
	if l, ok := lang.ByID(b.languages, id); ok {
		return l, nil
	}
	for _, info := range b.infos {
		if info.ID == id {
			return lang.Language{}, deemster.Errorf(deemster.Unavailable, "%s: %s", info.Name, info.Missing)
		}
	}
	return lang.Language{}, deemster.Errorf(deemster.Invalid, "there is no language %q", id)
}

// openBuilds makes a builder that keeps what it compiles for as long as the command runs.
func (b *bench) openBuilds() (err error) {
	if b.dir, err = os.MkdirTemp("", "deemster-"); err != nil {
		return err
	}
	if b.builds, err = build.OpenCache(b.dir, build.DefaultCache, slog.New(slog.NewTextHandler(os.Stderr, nil))); err != nil {
		return errors.Join(err, os.RemoveAll(b.dir))
	}
	b.builder = build.Keeping(b.engine, b.builds)
	return nil
}

func (b *bench) close() error {
	b.builder.Close()
	return errors.Join(b.builds.Close(), os.RemoveAll(b.dir), b.engine.Close())
}

// testData gives a package's tests as files that a program can read from. What is in a
// zip is unpacked when it is first needed, into a directory that only we see.
type testData struct {
	dir string

	mu       sync.Mutex
	unpacked map[string]string // path on this machine by path in the package
}

func newTestData() (*testData, error) {
	dir, err := os.MkdirTemp("", "deemster-")
	if err != nil {
		return nil, err
	}
	return &testData{dir: dir, unpacked: map[string]string{}}, nil
}

func (d *testData) close() error { return os.RemoveAll(d.dir) }

// tests are the package's tests for a judge.
func (d *testData) tests(p *pack.Package) []judge.Test {
	tests := make([]judge.Test, len(p.Tests))
	for i, t := range p.Tests {
		tests[i] = d.test(t)
	}
	return tests
}

func (d *testData) test(t pack.Test) judge.Test {
	return judge.Test{
		Name:    t.Name,
		Group:   t.Group,
		Sample:  t.Sample,
		Checker: t.Checker,
		Args:    t.Args,
		Input:   func(context.Context) (*os.File, error) { return d.open(t.Input) },
		Answer:  func(context.Context) (*os.File, error) { return d.open(t.Answer) },
	}
}

func (d *testData) open(f pack.File) (*os.File, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	if file, ok := r.(*os.File); ok {
		return file, nil
	}
	defer r.Close()
	d.mu.Lock()
	defer d.mu.Unlock()
	path, ok := d.unpacked[f.Path]
	if !ok {
		path = filepath.Join(d.dir, strconv.Itoa(len(d.unpacked)))
		if err := unpack(r, path); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", f.Path, err)
		}
		d.unpacked[f.Path] = path
	}
	return os.Open(path)
}

func unpack(from io.Reader, path string) error {
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}
