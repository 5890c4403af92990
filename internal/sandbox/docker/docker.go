// Package docker makes boxes in containers of a Docker Engine that runs on this machine.
//
// Every box has a new container of one image: no network, a read-only root, no
// capabilities and none to be had, and a first process that only waits. Docker brings the
// image's file system and the container's pid namespace; the box enters these two, and
// the rest is package native's: what a box sees (of the image, only its toolchains),
// /code and /scratch, control groups, identities, Landlock, system call filters, the way a
// run is started and watched. So all of it is as exact as native and a run costs no more: limits,
// processor time, peak memory, signals told from exit statuses, the compiler's profile
// before Seal and the program's after it. "docker exec" could give little of that: it
// takes sixty milliseconds a run, the runtime's own memory and processor time count as
// the program's, and a program that ends with status 139 looks like one that crashed.
//
// What is not as with native:
//
//   - A new container takes some tenths of a second to make; the pool hides it.
//   - Programs run in control groups of Deemster's own, beside the container's; "docker
//     stats" shows the container's first process only. So does an AppArmor or SELinux
//     profile that Docker gives to containers.
//   - Whether a toolchain has gone is not noticed before it is used: images do not change.
//   - Containers whose runtime is no kernel container, such as gVisor or Kata, cannot be
//     entered: New refuses them.
//
// A container ends when its executor ends, however that comes about, because its first
// process waits for that; Docker then removes it. What is left even so, such as a
// container that was made and never started, is removed at the next start: it carries a
// label that names its executor's directory, which is locked as long as the executor
// lives. That directory is in /run/deemster and shown to containers: a Deemster that runs
// in a container of its own needs /run/deemster and the language cache at the same places
// as on the host, and the host's pid namespace.
package docker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// Config sets up an engine.
type Config struct {
	// Host is where Docker listens: "unix:///var/run/docker.sock". Empty is what the
	// environment variable DOCKER_HOST says, or that socket. It must be on this machine.
	Host string
	// Image is the name of the image that boxes are made of.
	Image string
	// Slots and Pool are as native has them.
	Slots int
	Pool  int
	// ReadOnly are directories of this machine that boxes see besides.
	ReadOnly []image.Dir
	Log      *slog.Logger
}

// Engine makes boxes in containers.
type Engine struct {
	docker   *client.Client
	native   *native.Engine
	home     *home
	imageID  string
	readOnly []image.Dir
	log      *slog.Logger
	removing sync.WaitGroup // containers
}

var _ sandbox.Engine = (*Engine)(nil)

// callTime is how long one answer of Docker may take.
const callTime = time.Minute

// runtimes are the OCI runtimes whose containers are the kernel's own and can be entered.
var runtimes = []string{"runc", "crun", "youki", "io.containerd.runc.v2"}

// New checks that Docker is there and has the image, removes what dead executors have
// left, makes a first box, and begins to fill the pool.
func New(ctx context.Context, c Config) (_ *Engine, err error) {
	if c.Image == "" {
		return nil, errors.New("docker: boxes need an image: name one with --image")
	}
	host := client.WithHostFromEnv()
	if c.Host != "" {
		host = client.WithHost(c.Host)
	}
	e := &Engine{readOnly: c.ReadOnly, log: c.Log}
	if e.docker, err = client.New(host); err != nil {
		return nil, fmt.Errorf("docker: %w", err)
	}
	defer func() {
		if err != nil {
			_ = e.Close()
		}
	}()
	if err := e.check(ctx, c.Image); err != nil {
		return nil, err
	}
	if e.home, err = newHome(); err != nil {
		return nil, fmt.Errorf("docker: %w", err)
	}
	if err := e.sweep(ctx); err != nil {
		return nil, err
	}
	var shown []image.Dir // as containers have them
	for _, d := range c.ReadOnly {
		shown = append(shown, image.Dir{Host: d.Box, Box: d.Box})
	}
	e.native, err = native.New(native.Config{
		Slots: c.Slots, Pool: c.Pool, ReadOnly: shown, Container: e.newContainer, Log: c.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("docker: %w", err)
	}
	return e, nil
}

// check asks Docker whether boxes can be made.
func (e *Engine) check(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	info, err := e.docker.Info(ctx, client.InfoOptions{})
	if err != nil {
		return fmt.Errorf("docker: no answer from %s: %w (start Docker, or say where it listens: --box docker:unix:///PATH)", e.docker.DaemonHost(), err)
	}
	if info.Info.OSType != "linux" {
		return fmt.Errorf("docker: it makes %s containers, and boxes take linux", info.Info.OSType)
	}
	if !slices.Contains(runtimes, info.Info.DefaultRuntime) {
		return fmt.Errorf("docker: its default runtime is %s, whose containers cannot be entered: use --box oci:%[1]s, or make runc Docker's default runtime", info.Info.DefaultRuntime)
	}
	found, err := e.docker.ImageInspect(ctx, name)
	if errdefs.IsNotFound(err) {
		return fmt.Errorf("docker: there is no image %s: docker pull %[1]s, or make one with scripts/make-image", name)
	}
	if err != nil {
		return fmt.Errorf("docker: image %s: %w", name, err)
	}
	e.imageID = found.ID
	return nil
}

// sweep removes the containers of executors that are dead.
func (e *Engine) sweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	list, err := e.docker.ContainerList(ctx, client.ContainerListOptions{
		All: true, Filters: make(client.Filters).Add("label", label),
	})
	if err != nil {
		return fmt.Errorf("docker: look for old containers: %w", err)
	}
	for _, c := range list.Items {
		if inUse(c.Labels[label]) {
			continue
		}
		if err := e.remove(ctx, c.ID); err != nil {
			e.log.Warn("docker: an old container stays", "container", c.ID, "err", err)
		}
	}
	return nil
}

// remove removes a container, whatever it does. That it is gone or going is no error.
func (e *Engine) remove(ctx context.Context, id string) error {
	_, err := e.docker.ContainerRemove(ctx, id, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
	if errdefs.IsNotFound(err) || errdefs.IsConflict(err) {
		return nil
	}
	return err
}

// Name tells what keeps the prisoners in.
func (e *Engine) Name() string {
	return "docker" + strings.TrimPrefix(e.native.Name(), "native")
}

// NewBox gives a fresh box in a container of its own.
func (e *Engine) NewBox(ctx context.Context) (sandbox.Box, error) { return e.native.NewBox(ctx) }

// Close destroys the boxes in the pool and returns when Docker has removed all containers.
func (e *Engine) Close() error {
	var errs []error
	if e.native != nil {
		errs = append(errs, e.native.Close())
	}
	e.removing.Wait()
	if e.home != nil {
		errs = append(errs, e.home.close())
	}
	return errors.Join(append(errs, e.docker.Close())...)
}
