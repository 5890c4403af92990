// Package build compiles programs in boxes and hands out boxes with a program in them,
// ready to run.
//
// The box that a program was compiled in is the first that is handed out: there is nothing
// to copy before the first test. Further ones are filled with what the compilers left in
// it. With a [Cache] that is kept, beside the first tests, and the same sources are not
// compiled again as long as nothing else changes: see keyOf. Kept is what compilers said
// by themselves, good or bad, and never what came of a limit or of a failure of ours: that
// could be otherwise the next time.
package build

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
)

// Builder makes builds. It is safe for use by many goroutines.
type Builder struct {
	engine  sandbox.Engine
	cache   *Cache // nil when nothing is kept
	storing sync.WaitGroup

	mu      sync.Mutex
	flights map[key]*flight
}

// flight is a build under way, for which others wait that want the same.
type flight struct {
	landed chan struct{}
	failed bool // by us; once it has landed
}

// New makes a builder whose boxes are engine's.
func New(engine sandbox.Engine) *Builder { return &Builder{engine: engine} }

// Keeping makes a builder that keeps its builds in a cache.
func Keeping(engine sandbox.Engine, cache *Cache) *Builder {
	return &Builder{engine: engine, cache: cache, flights: map[key]*flight{}}
}

// Close waits until all that is to be kept is kept.
func (b *Builder) Close() { b.storing.Wait() }

// Source is what is built.
type Source struct {
	Language lang.Language
	Program  lang.Program
	Limits   deemster.Limits // of compiling; what is not set is as in deemster.CompileLimits
}

// Build is a program that has been compiled, or could not be.
type Build struct {
	OK     bool   // it compiled
	Log    string // what the compilers said
	Cached bool   // it had been compiled before

	builder *Builder
	source  Source
	code    *os.File // /code of the box where it was compiled; nil when it was not
	kept    *kept    // nil when it is not from the cache
	mu      sync.Mutex
	first   sandbox.Box // sealed, with the program, until somebody takes it
}

// Build compiles a program, or finds that it has been compiled before. An error means that
// we failed: nothing is said of the program. Close the build after use.
func (b *Builder) Build(ctx context.Context, source Source) (*Build, error) {
	// A toolchain that went away would look like a compile error.
	if err := source.Language.Available(); err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	source.Limits = source.Limits.Or(deemster.CompileLimits)
	if b.cache == nil || len(source.Program.Compile) == 0 {
		p, _, err := b.compile(ctx, source)
		return p, err
	}
	k := keyOf(b.engine.Name(), source)
	for {
		if found := b.cache.find(k); found != nil {
			return b.reuse(ctx, source, found)
		}
		f, mine := b.takeOff(k)
		if mine {
			return b.compileAndKeep(ctx, source, k, f)
		}
		select {
		case <-f.landed:
		case <-ctx.Done():
			return nil, fmt.Errorf("build: %w", context.Cause(ctx))
		}
		if f.failed { // that was its failure, not ours
			continue
		}
		if found := b.cache.find(k); found != nil {
			return b.reuse(ctx, source, found)
		}
		p, _, err := b.compile(ctx, source) // it is not of the kind that is kept
		return p, err
	}
}

// takeOff finds the flight of a build, or begins it.
func (b *Builder) takeOff(k key) (f *flight, mine bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f, ok := b.flights[k]; ok {
		return f, false
	}
	f = &flight{landed: make(chan struct{})}
	b.flights[k] = f
	return f, true
}

func (b *Builder) land(k key, f *flight) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.flights, k)
	close(f.landed)
}

// compileAndKeep compiles, and keeps what came of it while the build is used already.
func (b *Builder) compileAndKeep(ctx context.Context, source Source, k key, f *flight) (*Build, error) {
	p, own, err := b.compile(ctx, source)
	f.failed = err != nil
	if !own {
		b.land(k, f)
		return p, err
	}
	var code *os.File
	if p.OK {
		if code, err = p.first.Code(); err != nil {
			b.land(k, f)
			return nil, errors.Join(fmt.Errorf("build: %w", err), p.Close())
		}
	}
	b.storing.Go(func() {
		defer b.land(k, f)
		err := b.cache.store(k, result{p.OK, p.Log}, code)
		if code != nil {
			_ = code.Close()
		}
		if err != nil {
			b.cache.log.Warn("build: not kept", "language", source.Language.ID, "err", err)
		}
	})
	return p, nil
}

// reuse makes a build of what was kept.
func (b *Builder) reuse(ctx context.Context, source Source, found *kept) (_ *Build, err error) {
	p := &Build{OK: found.OK, Log: found.Log, Cached: true, builder: b, source: source, kept: found}
	if p.OK {
		p.first, err = p.another(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// compile compiles a program in a fresh box. Own tells that its outcome is the compilers'
// own.
func (b *Builder) compile(ctx context.Context, source Source) (_ *Build, own bool, err error) {
	box, err := b.engine.NewBox(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("build: get a box: %w", err)
	}
	p := &Build{builder: b, source: source}
	defer func() {
		if p.first == nil {
			err = errors.Join(err, box.Close())
		}
	}()
	r, own, err := compile(ctx, box, source.Program, source.Limits)
	if err != nil {
		return nil, false, err
	}
	p.OK, p.Log = r.OK, r.Log
	if !p.OK {
		return p, own, nil
	}
	if err := box.Seal(); err != nil {
		return nil, false, fmt.Errorf("build: seal the box: %w", err)
	}
	if p.code, err = box.Code(); err != nil {
		return nil, false, fmt.Errorf("build: %w", err)
	}
	p.first = box
	return p, own, nil
}

// Box gives a sealed box with the program in it, that nothing has run in but its compilers,
// if at all. Its taker closes it.
func (p *Build) Box(ctx context.Context) (sandbox.Box, error) {
	p.mu.Lock()
	box := p.first
	p.first = nil
	p.mu.Unlock()
	if box != nil {
		return box, nil
	}
	box, err := p.another(ctx)
	if !errors.Is(err, artefact.ErrUnfit) {
		return box, err
	}
	again, _, err := p.builder.compile(ctx, p.source)
	if err != nil {
		return nil, err
	}
	if !again.OK {
		return nil, fmt.Errorf("build: compiled before, and not now: %s", again.Log)
	}
	box, again.first = again.first, nil
	return box, again.Close()
}

// another makes a sealed box with what the compilers have left.
func (p *Build) another(ctx context.Context) (_ sandbox.Box, err error) {
	box, err := p.builder.engine.NewBox(ctx)
	if err != nil {
		return nil, fmt.Errorf("build: get a box: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("build: fill a box: %w", err), box.Close())
		}
	}()
	if p.kept != nil {
		err = box.Load(p.kept.artefact())
	} else {
		from, to := io.Pipe()
		written := make(chan struct{})
		go func() {
			defer close(written)
			_ = to.CloseWithError(artefact.Write(p.code, to))
		}()
		err = box.Load(from)
		_ = from.CloseWithError(err) // which ends the writing
		<-written
	}
	if err == nil {
		err = box.Seal()
	}
	if err != nil {
		return nil, err
	}
	return box, nil
}

// Close gives back what is left of the build. Boxes that were taken stay.
func (p *Build) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	if p.first != nil {
		errs = append(errs, p.first.Close())
		p.first = nil
	}
	if p.code != nil {
		errs = append(errs, p.code.Close())
		p.code = nil
	}
	if p.kept != nil {
		errs = append(errs, p.kept.file.Close())
		p.kept = nil
	}
	return errors.Join(errs...)
}
