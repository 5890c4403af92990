package oci

import (
	"context"
	"errors"
	"fmt"
	goruntime "runtime"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
	"github.com/deemster-oj/deemster/internal/sandbox/watch"
)

func (w *warden) run(ctx context.Context, c *sandbox.Command, cpu int) (_ sandbox.Outcome, err error) {
	if err := w.pin(cpu); err != nil {
		return sandbox.Outcome{}, err
	}
	defer func() { err = errors.Join(err, w.clean()) }()
	if err := w.give(c); err != nil {
		return sandbox.Outcome{}, err
	}
	if err := w.open(); err != nil {
		return sandbox.Outcome{}, err
	}
	r, stdio, err := watch.Open(c, int(w.engine.null.Fd()), w.buffer)
	if err != nil {
		return sandbox.Outcome{}, err
	}
	defer r.Close()
	// Whatever has happened, nothing of the container is left in the group.
	defer func() { err = errors.Join(err, w.group.Kill(), w.forget()) }()
	k, err := w.create(c, stdio)
	if err != nil {
		return sandbox.Outcome{}, err
	}
	defer k.close()
	begin, err := w.begin(c, k)
	if err != nil {
		return sandbox.Outcome{}, errors.Join(err, k.end())
	}
	r.Started(begin)
	watched := watch.Watched{Ended: k.status, Wake: w.wake, Processors: 1, CPU: w.group.CPU}
	if !w.sealed {
		watched.Processors = goruntime.NumCPU()
	}
	err = r.Watch(ctx, watched)
	r.Ended()
	if err := errors.Join(err, k.end(), r.Drain()); err != nil {
		return sandbox.Outcome{}, err
	}
	used, err := w.group.Usage()
	if err != nil {
		return sandbox.Outcome{}, err
	}
	if err := tmpfs.Take(w.scratch, c); err != nil {
		return sandbox.Outcome{}, err
	}
	said, err := word(k.status)
	switch {
	case err != nil: // the supervisor was killed, by us or for want of memory
		return r.Outcome(unix.WaitStatus(unix.SIGKILL), used), nil
	case said < -notExec:
		return sandbox.Outcome{}, fmt.Errorf("the supervisor: %w", unix.Errno(-said-notExec))
	case said < 0:
		if o, ok := watch.NotExecuted(c, unix.Errno(-said)); ok {
			return o, nil
		}
		return sandbox.Outcome{}, fmt.Errorf("execute: %w", unix.Errno(-said))
	}
	return r.Outcome(unix.WaitStatus(said), used), nil
}

// give makes the run's /scratch when something is to be in it, or to be taken from it.
// Otherwise the runtime makes it.
func (w *warden) give(c *sandbox.Command) error {
	if !tmpfs.Exchanges(c) {
		return nil
	}
	room, err := w.room().With(c)
	if err != nil {
		return err
	}
	if w.scratch, err = tmpfs.Mount(scratchDir, room); err != nil {
		return err
	}
	return tmpfs.Give(w.scratch, room.Owner, c)
}

// clean removes what give has made, with all that is in it.
func (w *warden) clean() error {
	if w.scratch < 0 {
		return nil
	}
	err := errors.Join(unix.Close(w.scratch), unix.Unmount(scratchDir, unix.MNT_DETACH))
	w.scratch = -1
	if err != nil {
		return fmt.Errorf("remove /scratch: %w", err)
	}
	return nil
}

// pin keeps runs of a sealed box on one processor; compilers may use all.
func (w *warden) pin(cpu int) error {
	if !w.sealed {
		cpu = -1
	}
	if cpu == w.cpu {
		return nil
	}
	var set unix.CPUSet
	for n := range goruntime.NumCPU() {
		if cpu < 0 {
			set.Set(n)
		}
	}
	if cpu >= 0 {
		set.Set(cpu)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("pin to processor %d: %w", cpu, err)
	}
	w.cpu = cpu
	return nil
}

// begin sets the limits and lets the program go; it tells when that was.
func (w *warden) begin(c *sandbox.Command, k *container) (time.Time, error) {
	// What the supervisor, or the sentry, holds is not the program's. It differs between
	// runs.
	w.group.Rebase()
	processes := c.Limits.Processes
	if !w.engine.runtime.ours {
		processes = 4*processes + 200 // the sentry's threads: see limits
	}
	if err := w.group.Begin(c.Limits.Memory, processes); err != nil {
		return time.Time{}, err
	}
	begin := time.Now()
	if _, err := unix.Write(k.gate, []byte{0}); err != nil {
		return begin, fmt.Errorf("let the program begin: %w", err)
	}
	return begin, nil
}
