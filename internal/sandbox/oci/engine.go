// Package oci makes boxes with an OCI runtime: runc, crun, or gVisor's runsc.
//
// A box is a bundle. Every run is a fresh container of that bundle, so that nothing but
// /code is the same in two runs of a box. The runtime's own start is not measured: the
// container's first process, a supervisor of a few hundred bytes, waits for a word before
// it starts the program, and tells its exact wait status.
//
// Limits and measures are those of package native: our own control groups, which the
// runtime inherits and is kept from changing; its kill ends whole containers. Each box has
// a warden, a thread that is in the box's control groups (v1), network namespace and mount
// namespace; the bundle and what the runtime notes about containers are in a file system
// in memory that only this namespace has. So all of a box goes with its warden.
//
// With runc and crun a run is measured and limited as with package native, but for what
// the kernel charges ahead: a limit of memory is exact to 256 KiB for each processor. With
// cgroup v2 before Linux 6.12, which cannot forget a peak, a program is charged at least
// what making its container took. A container's start is not the program's time, and is
// what a run costs: tens of milliseconds.
//
// With runsc the sentry, gVisor's kernel, runs in the same group. What it holds when the
// program starts is not charged to the program; what it allocates and computes later, for
// the program's system calls and page tables, is: some MiB, and ten milliseconds or more.
// The limit of processes is kept by the sentry, that of memory by our group, which ends the
// whole sandbox. The sentry does not limit the number of files in /scratch: they take
// memory. It knows no hidepid: a program sees the supervisor in /proc, and can neither
// look into it nor signal it. /dev and what else is in /proc are the sentry's, and tell
// nothing of the host; /sys is hidden.
package oci

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/seccomp"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
)

// Config sets up an engine.
type Config struct {
	// Runtime is the name or path of runc, crun or runsc.
	Runtime string
	// Slots is how many boxes are expected to run at one time; each run is pinned to a
	// processor, and Slots processors are used, the last ones. Zero is all but one.
	Slots int
	// Image is the directory of the root file system that boxes see; empty is the host's.
	Image string
	// ReadOnly are further directories that boxes see.
	ReadOnly []image.Dir
	Log      *slog.Logger
}

// Where things are in the mount namespace of a box's warden. All of it is in memory.
const (
	workDir = "/tmp" // any directory will do: it is covered in these namespaces only
	rootDir = workDir + "/root"
	codeDir = workDir + "/code"
	// scratchDir is where /scratch is while a run has it with files of ours.
	scratchDir = workDir + "/scratch"
	devDir     = workDir + "/dev" // the links of /dev, and where its devices go
	boxDir     = workDir + "/box" // the bundle, and the runtime's notes

	runtimeFile = workDir + "/runtime" // which may itself lie in what is covered
	reaperFile  = workDir + "/reaper"
)

// The supervisors, in the container's root.
const (
	compileSupervisor = "/.compile"
	runSupervisor     = "/.run"
)

// Engine makes boxes with one runtime.
type Engine struct {
	log       *slog.Logger
	runtime   *runtime
	groups    cgroup.Hierarchy
	host      string // where the image's toolchains are on this machine
	namespace int    // of mounts: the host's, with workDir covered and filled
	devices   []string
	null      *os.File
	serial    atomic.Uint32
	leaving   sync.WaitGroup // groups being removed

	mu   sync.Mutex
	load []int // boxes open, by processor in cpus
	cpus []int
}

var _ sandbox.Engine = (*Engine)(nil)

// New checks that the runtime is there and that a container can be made.
func New(ctx context.Context, c Config) (_ *Engine, err error) {
	e := &Engine{log: c.Log, namespace: -1}
	defer func() {
		if err != nil {
			_ = e.Close()
		}
	}()
	if e.runtime, err = findRuntime(ctx, c.Runtime); err != nil {
		return nil, err
	}
	if e.cpus, err = thread.Processors(c.Slots); err != nil {
		return nil, err
	}
	e.load = make([]int, len(e.cpus))
	description, err := image.Open(c.Image, c.ReadOnly)
	if err != nil {
		return nil, fmt.Errorf("oci: %w", err)
	}
	e.host, e.devices = description.Root, description.Devices
	if e.null, err = os.OpenFile(os.DevNull, os.O_RDWR, 0); err != nil {
		return nil, fmt.Errorf("oci: %w", err)
	}
	if e.groups, err = cgroup.Open(); err != nil {
		return nil, err
	}
	done := make(chan error)
	thread.Own(func() {
		err := prepare(description, e.runtime.path)
		if err == nil {
			e.namespace, err = unix.Open("/proc/thread-self/ns/mnt", unix.O_RDONLY|unix.O_CLOEXEC, 0)
		}
		done <- err
	})
	if err := <-done; err != nil {
		return nil, fmt.Errorf("oci: make the root: %w", err)
	}
	if err := e.try(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// prepare puts the calling thread into a mount namespace that has the image, beside what
// the host has. Control groups cannot be written there: the runtime has to leave them
// alone.
func prepare(description *image.Image, runtimePath string) error {
	if err := unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("mount namespace: %w (the executor must be root)", err)
	}
	// Nothing that is mounted here reaches the host; what the host unmounts goes here too.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SLAVE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	binary, err := os.OpenFile(runtimePath, unix.O_PATH, 0)
	if err != nil {
		return err
	}
	defer binary.Close()
	if err := description.Assemble(workDir, rootDir); err != nil {
		return err
	}
	for _, dir := range []string{codeDir, scratchDir, boxDir} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
	}
	for name, content := range map[string][]byte{
		rootDir + compileSupervisor: executable(supervisor, seccomp.Compile()),
		rootDir + runSupervisor:     executable(supervisor, seccomp.Run()),
		reaperFile:                  executable(reaper, nil),
	} {
		if err := os.WriteFile(name, content, 0o555); err != nil {
			return err
		}
	}
	if err := os.WriteFile(runtimeFile, nil, 0o555); err != nil {
		return err
	}
	if err := unix.Mount(fmt.Sprintf("/proc/self/fd/%d", binary.Fd()), runtimeFile, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("mount the runtime: %w", err)
	}
	if err := fillDev(description); err != nil {
		return err
	}
	const flags = unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC
	if err := unix.Mount("cgroup2", cgroup.Root, "cgroup2", flags, ""); err != nil {
		return fmt.Errorf("mount the control groups: %w", err)
	}
	if err := unix.Mount("", cgroup.Root, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|flags, ""); err != nil {
		return fmt.Errorf("mount the control groups read-only: %w", err)
	}
	return nil
}

// fillDev makes what a container's /dev is mounted from. It is apart from the root because
// a user namespace may not take a directory without what is mounted in it.
func fillDev(description *image.Image) error {
	if err := os.Mkdir(devDir, 0o755); err != nil {
		return err
	}
	for _, l := range description.Links {
		if strings.HasPrefix(l.Name, "/dev/") {
			if err := os.Symlink(l.Target, workDir+l.Name); err != nil {
				return err
			}
		}
	}
	for _, device := range description.Devices {
		if err := os.WriteFile(workDir+device, nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// try makes a container, so that what is wrong with this machine is said at the start.
func (e *Engine) try(ctx context.Context) error {
	b, err := e.NewBox(ctx)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := b.Seal(); err != nil {
		return err
	}
	_, err = b.Run(ctx, sandbox.Command{Args: []string{"/none"}, Limits: trial})
	return err
}

// Name tells what keeps the prisoners in.
func (e *Engine) Name() string {
	return fmt.Sprintf("oci:%s %s (cgroup v%d)", e.runtime.kind, e.runtime.version, e.groups.Version())
}

// HostRoot is the directory of this machine that boxes have their toolchains from.
func (e *Engine) HostRoot() string { return e.host }

// NewBox gives a fresh box.
func (e *Engine) NewBox(ctx context.Context) (sandbox.Box, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := e.makeBox()
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for slot := range e.load {
		if b.slot < 0 || e.load[slot] < e.load[b.slot] {
			b.slot = slot
		}
	}
	e.load[b.slot]++
	b.cpu = e.cpus[b.slot]
	return b, nil
}

// move puts a box on the processor of another, where it takes no slot of its own.
func (e *Engine) move(b, to *box) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if b.slot >= 0 {
		e.load[b.slot]--
	}
	b.slot, b.cpu = -1, to.cpu
}

func (e *Engine) release(slot int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.load[slot]--
}

// Close gives back what all boxes shared.
func (e *Engine) Close() error {
	if e.namespace >= 0 {
		_ = unix.Close(e.namespace)
	}
	if e.null != nil {
		_ = e.null.Close()
	}
	e.leaving.Wait()
	if e.groups != nil {
		return e.groups.Close()
	}
	return nil
}
