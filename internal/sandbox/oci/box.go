package oci

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/codedir"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
	"github.com/deemster-oj/deemster/internal/sandbox/watch"
)

// Identities. Each box has a range of user ids of its own on the host, from those that
// nothing else uses (systemd's "UIDs and GIDs" leaves 1879048192 to 2147483647 free).
// In the box 0 owns the user namespace and nobody is it, and 1 is the prisoner. gVisor's
// ids are its own, and only who owns files comes from the host: nothing on the host has the
// prisoner's id there.
const (
	firstID    = 1879048192
	idsPerBox  = 16
	boxesOfIDs = 1 << 20
	prisonerID = 1
)

// trial are the limits of a run that has nothing to do.
var trial = deemster.DefaultLimits

// box is a handle on a warden.
type box struct {
	engine *Engine
	slot   int
	cpu    int
	work   chan func(*warden)
	closed sync.Once
	gone   chan error // the warden's last word
	code   *codedir.Dir
}

// warden is a thread that stands around a box. Only that thread touches it.
type warden struct {
	engine  *Engine
	group   cgroup.Group
	host    uint32 // the box's first id on the host
	code    *codedir.Dir
	scratch int // the root of /scratch; -1 when the runtime makes it
	sealed  bool
	idle    int // tasks in the group without a run
	runs    int
	wake    int // an eventfd: stop the run
	cpu     int // pinned to; -1 at first
	buffer  []byte
}

// makeBox starts a warden and returns when its box is ready.
func (e *Engine) makeBox() (*box, error) {
	serial := e.serial.Add(1)
	b := &box{engine: e, slot: -1, work: make(chan func(*warden)), gone: make(chan error, 1)}
	ready := make(chan error)
	thread.Own(func() {
		w := &warden{engine: e, scratch: -1, wake: -1, cpu: -1, buffer: make([]byte, watch.BufferSize)}
		err := w.enter(serial)
		b.code = w.code
		ready <- err
		if err == nil {
			for f := range b.work {
				f(w)
			}
		}
		b.gone <- w.leave()
	})
	if err := <-ready; err != nil {
		return nil, errors.Join(fmt.Errorf("oci: make a box: %w", err), <-b.gone)
	}
	return b, nil
}

// enter makes the box's surroundings and puts the calling thread into them.
func (w *warden) enter(serial uint32) error {
	var err error
	if w.group, err = w.engine.groups.NewGroup(strconv.FormatUint(uint64(serial), 10)); err != nil {
		return err
	}
	if w.wake, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		return fmt.Errorf("eventfd: %w", err)
	}
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Setns(w.engine.namespace, unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("enter the image: %w", err)
	}
	if err := w.group.Join(); err != nil {
		return err
	}
	if err := unix.Unshare(unix.CLONE_NEWNS | unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("namespaces: %w", err)
	}
	if w.engine.runtime.ours {
		w.host = firstID + serial%boxesOfIDs*idsPerBox
	}
	if w.code, err = codedir.Mount(codeDir, w.host+prisonerID); err != nil {
		return err
	}
	const flags = unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC
	if err := unix.Mount("box", boxDir, "tmpfs", flags, "size=16m,mode=700"); err != nil {
		return fmt.Errorf("mount the bundle: %w", err)
	}
	// From now on the group is empty but for this thread, also to the group's own eyes.
	if err := w.open(); err != nil {
		return err
	}
	w.idle, err = w.group.Processes()
	return err
}

// What the runtime itself may take while it makes a container.
const (
	runtimeMemory    = 2 * deemster.GiB
	runtimeProcesses = 1000
)

// open lifts the limits of the last run, for the runtime.
func (w *warden) open() error { return w.group.Begin(runtimeMemory, runtimeProcesses) }

// leave kills what runs and gives everything back but the thread, which ends with its
// goroutine and takes the namespaces with it.
func (w *warden) leave() error {
	var errs []error
	if w.wake >= 0 {
		errs = append(errs, unix.Close(w.wake))
	}
	if w.code != nil {
		errs = append(errs, w.code.Close())
	}
	if w.group != nil {
		w.engine.leaving.Go(func() { // waits until this thread has left the group
			if err := w.group.Close(); err != nil {
				w.engine.log.Warn("oci: box not wholly removed", "err", err)
			}
		})
	}
	return errors.Join(errs...)
}

// do runs f on the warden's thread.
func (b *box) do(f func(*warden) error) error {
	done := make(chan error, 1)
	b.work <- func(w *warden) { done <- f(w) }
	return <-done
}

func (b *box) WriteFile(name string, content []byte) error {
	if err := b.code.WriteFile(name, content); err != nil {
		return fmt.Errorf("oci: %w", err)
	}
	return nil
}

func (b *box) Load(from io.Reader) error {
	return b.do(func(w *warden) error {
		if err := w.code.Load(from); err != nil {
			return fmt.Errorf("oci: %w", err)
		}
		return nil
	})
}

func (b *box) Code() (file *os.File, err error) {
	err = b.do(func(w *warden) error {
		if !w.sealed {
			return errors.New("oci: /code is not sealed")
		}
		if file, err = w.code.Open(); err != nil {
			return fmt.Errorf("oci: %w", err)
		}
		return nil
	})
	return file, err
}

func (b *box) Seal() error {
	return b.do(func(w *warden) error {
		if err := w.code.Seal(); err != nil {
			return fmt.Errorf("oci: %w", err)
		}
		w.sealed = true
		return nil
	})
}

func (b *box) Beside(other sandbox.Box) error {
	if o, ok := other.(*box); ok && o.engine == b.engine {
		b.engine.move(b, o)
	}
	return nil
}

func (b *box) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return sandbox.Outcome{Ending: sandbox.Cancelled}, nil
	}
	var o sandbox.Outcome
	err := b.do(func(w *warden) error {
		var err error
		o, err = w.run(ctx, &c, b.cpu)
		return err
	})
	if err != nil {
		return o, fmt.Errorf("oci: run %s: %w", c.Args[0], err)
	}
	return o, nil
}

func (b *box) Close() error {
	var err error
	b.closed.Do(func() {
		close(b.work)
		err = <-b.gone
		if b.slot >= 0 {
			b.engine.release(b.slot)
		}
	})
	return err
}

// path is a file of the bundle or of the runtime's notes.
func (w *warden) path(name string) string { return boxDir + "/" + name }

// forget removes what the runtime noted about the container of a run.
func (w *warden) forget() error { return os.RemoveAll(w.path("state")) }
