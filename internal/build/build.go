// Package build compiles programs in boxes and hands out boxes with a program in them,
// ready to run.
package build

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Builder makes builds. It is safe for use by many goroutines.
type Builder struct {
	engine sandbox.Engine
}

// New makes a builder whose boxes are engine's.
func New(engine sandbox.Engine) *Builder { return &Builder{engine: engine} }

// Source is what is built.
type Source struct {
	Language lang.Language
	Program  lang.Program
	Limits   deemster.Limits // of compiling; what is not set is as in deemster.CompileLimits
}

// Build is a program that has been compiled, or could not be.
type Build struct {
	OK  bool   // it compiled
	Log string // what the compilers said

	builder *Builder
	source  Source
	mu      sync.Mutex
	first   sandbox.Box // where it was compiled, sealed, until somebody takes it
}

// Build compiles a program. An error means that we failed: nothing is said of the program.
// Close the build after use.
func (b *Builder) Build(ctx context.Context, source Source) (_ *Build, err error) {
	// A toolchain that went away would look like a compile error.
	if err := source.Language.Available(); err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	box, err := b.engine.NewBox(ctx)
	if err != nil {
		return nil, fmt.Errorf("build: get a box: %w", err)
	}
	p := &Build{builder: b, source: source}
	defer func() {
		if p.first == nil {
			err = errors.Join(err, box.Close())
		}
	}()
	p.Log, p.OK, err = compile(ctx, box, source.Program, source.Limits.Or(deemster.CompileLimits))
	if err != nil || !p.OK {
		return p, err
	}
	if err := box.Seal(); err != nil {
		return nil, fmt.Errorf("build: seal the box: %w", err)
	}
	p.first = box
	return p, nil
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
	again, err := p.builder.Build(ctx, p.source)
	if err != nil {
		return nil, err
	}
	if !again.OK {
		return nil, fmt.Errorf("build: compiled before, and not now: %s", again.Log)
	}
	return again.Box(ctx)
}

// Close gives back what is left of the build. Boxes that were taken stay.
func (p *Build) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.first == nil {
		return nil
	}
	box := p.first
	p.first = nil
	return box.Close()
}
