// Package native is the box made of the kernel's own parts: user, pid, mount, network,
// IPC, UTS and cgroup namespaces, control groups, resource limits and a system call
// filter. It needs no container runtime, and a run costs little more than starting the
// program bare.
//
// Each box has a warden: a thread of this process that has entered the box's namespaces
// and, with cgroup v1, its control groups, once. It makes and replaces mounts. The warden
// keeps the host's user namespace, which owns all the others, so that a prisoner has no
// power over any of them: he enters a user namespace of the box's own, as an ordinary
// user.
//
// To run a command, a [launcher] in the box, which has given up everything that prisoners
// must not have, is told to start it; what it starts has this process for its parent.
// Nothing is made, moved or copied for a run. On kernels where a control group cannot
// forget its peak of memory (cgroup v2 before Linux 6.12) every run has a new group, and
// the warden starts the command itself.
//
// In the box runs one more process, pid 1, which only sleeps: when it dies, and it dies
// with the warden, the kernel kills whatever is left.
package native

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/launcher"
	"github.com/deemster-oj/deemster/internal/sandbox/seccomp"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
)

// Config sets up an engine.
type Config struct {
	// Slots is how many boxes are expected to run at one time; each run is pinned to a
	// processor, and Slots processors are used, the last ones. Zero is all but one.
	Slots int
	// Pool is how many boxes are kept ready.
	Pool int
	// Image is the directory of the root file system that boxes see; empty is the host's.
	Image string
	// ReadOnly are further directories that boxes see.
	ReadOnly []image.Dir
	Log      *slog.Logger
	// Container makes the container of each box. Then Image means nothing, and ReadOnly's
	// directories are those of the container. Nil is none.
	Container func() (Container, error)
}

// Engine makes native boxes.
type Engine struct {
	log      *slog.Logger
	groups   cgroup.Hierarchy
	root     *root // nil when boxes have containers
	proc     int   // the host's /proc
	null     int   // /dev/null
	pid1     int   // the programs of the box's own processes
	launcher int
	pidns    int // this process's
	lastPid  int // sets the last process number of a pid namespace; -1 where that is closed to us
	ids      identities
	// prisoners is the user namespace of all boxes when they have no ids of their own.
	prisoners int
	filters   struct{ compile, run []unix.SockFilter }
	lastCap   spawn.LastCapability
	serial    atomic.Uint32

	ready  chan *box
	refill chan struct{}
	stop   context.CancelFunc
	filled sync.WaitGroup

	leaving sync.WaitGroup // groups being removed

	container func() (Container, error)
	readOnly  []image.Dir // of containers

	mu   sync.Mutex
	load []int // boxes given out, by processor in cpus
	cpus []int
}

var _ sandbox.Engine = (*Engine)(nil)

// New checks that this machine can keep prisoners, and begins to fill the pool.
func New(c Config) (_ *Engine, err error) {
	e := &Engine{
		log: c.Log, container: c.Container, readOnly: c.ReadOnly,
		proc: -1, null: -1, pid1: -1, launcher: -1, pidns: -1, lastPid: -1, prisoners: -1,
	}
	e.filters.compile, e.filters.run = seccomp.Compile(), seccomp.Run()
	e.serial.Store(rand.Uint32()) // another executor on this machine takes other identities
	defer func() {
		if err != nil {
			_ = e.Close()
		}
	}()
	spawn.QuietChildren()
	if e.cpus, err = thread.Processors(c.Slots); err != nil {
		return nil, err
	}
	e.load = make([]int, len(e.cpus))
	if e.lastCap, err = lastCapability(); err != nil {
		return nil, err
	}
	if e.proc, err = unix.Open("/proc", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err != nil {
		return nil, fmt.Errorf("native: open /proc: %w", err)
	}
	if e.null, err = unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0); err != nil {
		return nil, fmt.Errorf("native: open /dev/null: %w", err)
	}
	if e.pid1, err = pid1File(); err != nil {
		return nil, err
	}
	if e.launcher, err = launcher.File(); err != nil {
		return nil, err
	}
	if e.pidns, err = unix.Openat(e.proc, "self/ns/pid", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		return nil, fmt.Errorf("native: open the pid namespace: %w", err)
	}
	if fd, err := unix.Openat(e.proc, "sys/kernel/ns_last_pid", unix.O_WRONLY|unix.O_CLOEXEC, 0); err == nil {
		e.lastPid = fd
	}
	if e.ids, err = ownIdentities(); err != nil {
		return nil, err
	}
	if e.ids.single() {
		if e.prisoners, err = userNamespace(e.ids.mapPrisoner); err != nil {
			return nil, fmt.Errorf("native: user namespace: %w%s", err, refusal())
		}
	}
	if e.groups, err = cgroup.Open(); err != nil {
		return nil, err
	}
	if e.container == nil {
		if e.root, err = newRoot(e.proc, c.Image, c.ReadOnly, e.ids.nested); err != nil {
			return nil, err
		}
	}
	// One box is made now, so that what is wrong with this machine is said at the start.
	first, err := e.makeBox()
	if err != nil {
		return nil, err
	}
	e.startPool(c.Pool, first)
	return e, nil
}

// Name tells what keeps the prisoners in.
func (e *Engine) Name() string {
	rights := ""
	switch {
	case e.ids.single():
		rights = ", rootless with one id"
	case e.ids.nested:
		rights = ", rootless"
	}
	return fmt.Sprintf("native (cgroup v%d%s)", e.groups.Version(), rights)
}

// NewBox gives a fresh box.
func (e *Engine) NewBox(ctx context.Context) (sandbox.Box, error) {
	var b *box
	var err error
	select {
	case b = <-e.ready:
		select {
		case e.refill <- struct{}{}:
		default: // the pool is being filled
		}
	default:
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if b, err = e.makeBox(); err != nil {
			return nil, err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	b.slot = 0
	for i, n := range e.load {
		if n < e.load[b.slot] {
			b.slot = i
		}
	}
	e.load[b.slot]++
	b.cpu = e.cpus[b.slot]
	return b, nil
}

// startPool keeps size boxes ready from now on.
func (e *Engine) startPool(size int, first *box) {
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	e.ready = make(chan *box, max(size, 1))
	e.refill = make(chan struct{}, 1)
	e.ready <- first
	e.filled.Go(func() {
		for {
			for len(e.ready) < size && ctx.Err() == nil {
				b, err := e.makeBox()
				if err != nil {
					e.log.Error("native: no box for the pool", "err", err)
					break
				}
				e.ready <- b
			}
			select {
			case <-e.refill:
			case <-ctx.Done():
				return
			}
		}
	})
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

// Close destroys the boxes in the pool and what all boxes shared.
func (e *Engine) Close() error {
	if e.stop != nil {
		e.stop()
		e.filled.Wait()
		close(e.ready)
		for b := range e.ready {
			b.slot = -1
			_ = b.Close()
		}
	}
	for _, fd := range []int{e.proc, e.null, e.pid1, e.launcher, e.pidns, e.lastPid, e.prisoners} {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
	if e.root != nil {
		e.root.close()
	}
	e.leaving.Wait()
	if e.groups != nil {
		return e.groups.Close()
	}
	return nil
}

func lastCapability() (spawn.LastCapability, error) {
	data, err := os.ReadFile("/proc/sys/kernel/cap_last_cap")
	if err != nil {
		return 0, fmt.Errorf("native: %w", err)
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(data)), 10, 8)
	if err != nil {
		return 0, fmt.Errorf("native: last capability: %w", err)
	}
	return spawn.LastCapability(n), nil
}
