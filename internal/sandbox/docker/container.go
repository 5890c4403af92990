package docker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/api/types/mount"
	"github.com/moby/moby/client"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// label marks our containers. Its value is the directory of their executor.
const label = "deemster.executor"

// initUser owns the first process of a container: nobody else on the machine.
const initUser = "65534:65534"

// What a container is allowed without the runs, which have limits of their own: the
// runtime that sets it up needs that much.
const (
	initMemory    = 64 * deemster.MiB
	initProcesses = 64
)

// box is the container of one box.
type box struct {
	engine  *Engine
	id      string
	pid     int // of its first process
	process int // a pidfd of that
}

// newContainer makes a container and returns when its first process runs.
func (e *Engine) newContainer() (native.Container, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	config, host := e.settings()
	made, err := e.docker.ContainerCreate(ctx, client.ContainerCreateOptions{Config: config, HostConfig: host})
	if err != nil {
		return nil, fmt.Errorf("make a container: %w", err)
	}
	b := &box{engine: e, id: made.ID, process: -1}
	if err := b.start(ctx); err != nil {
		if b.process >= 0 {
			err = errors.Join(err, unix.Close(b.process))
		}
		ctx, cancel := context.WithTimeout(context.Background(), callTime)
		defer cancel()
		return nil, errors.Join(err, e.remove(ctx, made.ID))
	}
	return b, nil
}

// settings are what a container is made with.
func (e *Engine) settings() (*container.Config, *container.HostConfig) {
	processes := int64(initProcesses)
	mounts := []mount.Mount{{Type: mount.TypeBind, Source: e.home.dir, Target: homeInBox, ReadOnly: true}}
	for _, d := range e.readOnly {
		mounts = append(mounts, mount.Mount{Type: mount.TypeBind, Source: d.Host, Target: d.Box, ReadOnly: true})
	}
	return &container.Config{
			Image:           e.imageID,
			Entrypoint:      []string{homeInBox + "/" + initName},
			User:            initUser,
			WorkingDir:      "/",
			Hostname:        "box",
			NetworkDisabled: true,
			Labels:          map[string]string{label: e.home.dir},
			Healthcheck:     &container.HealthConfig{Test: []string{"NONE"}},
		}, &container.HostConfig{
			AutoRemove:     true,
			NetworkMode:    "none",
			IpcMode:        container.IPCModePrivate,
			CgroupnsMode:   container.CgroupnsModePrivate,
			ReadonlyRootfs: true,
			CapDrop:        []string{"ALL"},
			SecurityOpt:    []string{"no-new-privileges:true"},
			LogConfig:      container.LogConfig{Type: "none"},
			Mounts:         mounts,
			// The root is put together there. It need not be in the image.
			Tmpfs: map[string]string{"/tmp": "size=64k"},
			Resources: container.Resources{
				Memory: int64(initMemory), MemorySwap: int64(initMemory), PidsLimit: &processes,
			},
		}
}

func (b *box) start(ctx context.Context) error {
	if _, err := b.engine.docker.ContainerStart(ctx, b.id, client.ContainerStartOptions{}); err != nil {
		return fmt.Errorf("start a container: %w", err)
	}
	inspected, err := b.engine.docker.ContainerInspect(ctx, b.id, client.ContainerInspectOptions{})
	if err != nil {
		return fmt.Errorf("look at a container: %w", err)
	}
	if inspected.Container.State == nil || inspected.Container.State.Pid == 0 {
		return errors.New("a container ended as soon as it was started")
	}
	b.pid = inspected.Container.State.Pid
	if b.process, err = unix.PidfdOpen(b.pid, 0); err != nil {
		return fmt.Errorf("%w: %w", errElsewhere, err)
	}
	return b.awaitInit(ctx)
}

var errElsewhere = errors.New("Docker's containers cannot be seen: Deemster has to run on Docker's machine, and in its pid namespace")

// awaitInit returns when the process is our init and not the runtime that becomes it,
// which nothing announces. A number that means another process here never is it.
func (b *box) awaitInit(ctx context.Context) error {
	want, err := os.Stat(filepath.Join(b.engine.home.dir, initName))
	if err != nil {
		return err
	}
	exe := filepath.Join("/proc", strconv.Itoa(b.pid), "exe")
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		if got, err := os.Stat(exe); err == nil && os.SameFile(got, want) {
			return nil
		}
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return errElsewhere
		}
	}
}

// Process is a pidfd of the container's first process.
func (b *box) Process() int { return b.process }

// Alive is an error when the container has been ended from outside, such as by a Docker
// that was stopped. The kernel ends the first process before it kills the others, and it
// stays as long as one of them is left.
func (b *box) Alive() error {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(b.pid), "stat"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, unix.ESRCH) {
		return err
	}
	n, pollErr := poll(b.process, 0)
	if pollErr != nil {
		return pollErr
	}
	// If it has not ended by now, that was read of it, and of no later one of its number.
	if n > 0 || err != nil || exiting(string(stat)) {
		return errors.New("the container was ended from outside")
	}
	return nil
}

// exiting looks at the flags of a process in the contents of its /proc/PID/stat, see
// proc(5): they are the seventh field after its name.
func exiting(stat string) bool {
	const flag = 0x4 // PF_EXITING
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 7 {
		return true
	}
	flags, err := strconv.ParseUint(fields[6], 10, 64)
	return err != nil || flags&flag != 0
}

// poll waits for the end of a process, at most that many milliseconds, or without end.
func poll(pidfd, timeout int) (int, error) {
	for {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(pidfd), Events: unix.POLLIN}}, timeout)
		if !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

// Close kills the container and returns when everything in it is dead. Docker removes it
// after that.
func (b *box) Close() error {
	err := unix.PidfdSendSignal(b.process, unix.SIGKILL, nil, 0)
	if errors.Is(err, unix.ESRCH) {
		err = nil
	}
	if err == nil {
		_, err = poll(b.process, -1) // the first process is the last to end
	}
	b.engine.removing.Go(func() {
		if err := b.awaitRemoval(); err != nil {
			b.engine.log.Warn("docker: a container is not removed", "container", b.id, "err", err)
		}
	})
	return errors.Join(err, unix.Close(b.process))
}

// awaitRemoval returns when the container is gone. Docker removes it by itself too; then
// it answers "conflict" until it has. Its own way to wait for that misses a removal now
// and then (20.10), and waits for ever.
func (b *box) awaitRemoval() error {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	for {
		_, err := b.engine.docker.ContainerRemove(ctx, b.id, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
		if err == nil || errdefs.IsNotFound(err) {
			return nil
		}
		if !errdefs.IsConflict(err) {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
