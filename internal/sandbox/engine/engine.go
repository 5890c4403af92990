// Package engine opens what boxes are made with. It is the one place that reads a box
// spec:
//
//	native              namespaces and control groups, by ourselves
package engine

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// Config is what all engines are told.
type Config struct {
	Slots int // boxes expected to run at one time; zero is the processors but one
	Pool  int // boxes kept ready, by engines that can
	// Image is what boxes see: a directory with a root file system, or, of Docker, an
	// image's name. Empty is this machine's own toolchains.
	Image string
	// ReadOnly are further directories that boxes see.
	ReadOnly []image.Dir
	Log      *slog.Logger
}

// Open opens the engine that a spec names. What this machine lacks for it is an error
// that says what to do.
func Open(ctx context.Context, spec string, c Config) (sandbox.Engine, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	switch {
	case spec == "native":
		return native.New(native.Config{Slots: c.Slots, Pool: c.Pool, Image: c.Image, ReadOnly: c.ReadOnly, Log: c.Log})
	}
	_, _ = kind, rest
	return nil, fmt.Errorf("--box %s: want native", spec)
}
