// Package engine opens what boxes are made with. It is the one place that reads a box
// spec:
//
//	native        the kernel's own namespaces and control groups
//	oci:NAME      an OCI runtime: runc, crun or runsc, or the path of one
//	docker:HOST   the Docker Engine there: docker:unix:///run/docker.sock
//	docker:       … where DOCKER_HOST or its own default says
package engine

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/docker"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
	"github.com/deemster-oj/deemster/internal/sandbox/oci"
)

// Config is what all engines are told.
type Config struct {
	Slots int // boxes expected to run at one time; zero is the processors but one
	Pool  int // boxes kept ready, by engines whose boxes take time to make
	// Image is what boxes see: the directory of a root file system, or, of Docker, an
	// image's name. Empty is this machine's own toolchains, which Docker cannot give.
	Image string
	// ReadOnly are further directories that boxes see.
	ReadOnly []image.Dir
	Log      *slog.Logger
}

// Open opens the engine that a spec names. When this machine lacks what it takes, the
// error says what to do.
func Open(ctx context.Context, spec string, c Config) (sandbox.Engine, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	switch {
	case spec == "native":
		return native.New(native.Config{Slots: c.Slots, Pool: c.Pool, Image: c.Image, ReadOnly: c.ReadOnly, Log: c.Log})
	case kind == "oci" && rest != "":
		return oci.New(ctx, oci.Config{Runtime: rest, Slots: c.Slots, Image: c.Image, ReadOnly: c.ReadOnly, Log: c.Log})
	case kind == "docker":
		return docker.New(ctx, docker.Config{
			Host: rest, Image: c.Image, Slots: c.Slots, Pool: c.Pool, ReadOnly: c.ReadOnly, Log: c.Log,
		})
	}
	return nil, fmt.Errorf("--box %s: want native, oci:runc, oci:crun, oci:runsc (or oci: and a path), or docker:HOST", spec)
}
