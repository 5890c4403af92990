package native

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
	"github.com/deemster-oj/deemster/internal/sandbox/watch"
)

func (b *box) run(ctx context.Context, c *sandbox.Command) (_ sandbox.Outcome, err error) {
	if b.buffer == nil {
		b.buffer = make([]byte, watch.BufferSize)
	}
	if err := b.ready(); err != nil {
		return sandbox.Outcome{}, err
	}
	letGo := func() error { return nil }
	if b.sealed {
		if letGo, err = thread.Pin(b.cpu); err != nil {
			return sandbox.Outcome{}, err
		}
		defer func() { err = errors.Join(err, letGo()) }()
	}
	defer func() { err = errors.Join(err, b.clean()) }()
	if err := b.give(c); err != nil {
		return sandbox.Outcome{}, err
	}
	if err := b.group.Begin(c.Limits.Memory, c.Limits.Processes); err != nil {
		return sandbox.Outcome{}, err
	}
	r, stdio, err := watch.Open(c, b.engine.null, b.buffer)
	if err != nil {
		return sandbox.Outcome{}, err
	}
	defer r.Close()
	begin := time.Now()
	process, err := b.start(c, stdio)
	if err != nil {
		return b.notStarted(c, err)
	}
	defer process.Close()
	r.Started(begin)
	w := watch.Watched{Ended: process.Pidfd, Wake: b.wake, Processors: 1, CPU: b.group.CPU, Long: letGo}
	if !b.sealed {
		w.Processors = runtime.NumCPU()
	}
	watched := r.Watch(ctx, w)
	if watched != nil || r.Ending != "" {
		watched = errors.Join(watched, b.group.Kill())
	}
	status, err := process.Wait()
	if err != nil {
		return sandbox.Outcome{}, errors.Join(watched, fmt.Errorf("wait: %w", err))
	}
	r.Ended()
	if err := errors.Join(watched, b.clear(), r.Drain()); err != nil {
		return sandbox.Outcome{}, err
	}
	used, err := b.group.Usage()
	if err != nil {
		return sandbox.Outcome{}, err
	}
	return r.Outcome(status, used), tmpfs.Take(b.scratch.fd, c)
}

// give puts what the command is given into its working directory.
func (b *box) give(c *sandbox.Command) error {
	if !tmpfs.Exchanges(c) {
		return nil
	}
	room, err := b.scratch.room.With(c)
	if err != nil {
		return err
	}
	if err := b.inside(func() error { return tmpfs.Resize(b.scratch.fd, room) }); err != nil {
		return err
	}
	return tmpfs.Give(b.scratch.fd, room.Owner, c)
}

// notStarted says what it means that a program could not be started: it may be the
// program's fault.
func (b *box) notStarted(c *sandbox.Command, err error) (sandbox.Outcome, error) {
	if errno, ok := failedExec(err); ok {
		if o, ok := watch.NotExecuted(c, errno); ok {
			return o, b.clear()
		}
	}
	used, usageErr := b.group.Usage()
	if usageErr == nil && used.OOMKills > 0 { // the launcher went with a program that had not begun
		return sandbox.Outcome{Ending: sandbox.MemoryLimit, Signal: "SIGKILL", CPU: used.CPU, Memory: used.Memory}, b.clear()
	}
	return sandbox.Outcome{}, errors.Join(err, usageErr)
}

// clear kills what the program left behind and returns when nothing of it is left, not
// even the dead that wait to be reaped: the next run could see those. There is no event
// to sleep on; it takes microseconds, and only after a run that left something.
func (b *box) clear() error {
	for pause := 20 * time.Microsecond; ; pause = min(2*pause, time.Millisecond) {
		left, err := b.group.Leftover()
		if err != nil || !left {
			return err
		}
		if err := b.group.Kill(); err != nil {
			return err
		}
		if err := b.inside(reap); err != nil {
			return err
		}
		time.Sleep(pause)
	}
}

// reap takes leave of the warden's dead children. A program can make us the parent of
// its own children (CLONE_PARENT), which then wait for us.
func reap() error {
	for {
		pid, err := unix.Wait4(-1, nil, unix.WNOHANG|unix.WALL|unix.WNOTHREAD, nil)
		if err != nil && err != unix.ECHILD && err != unix.EINTR {
			return fmt.Errorf("reap: %w", err)
		}
		if pid <= 0 && err != unix.EINTR {
			return nil
		}
	}
}

// clean makes the working directory as if it had never been used.
func (b *box) clean() error {
	touched, err := b.scratch.touched()
	if err != nil || !touched {
		return err
	}
	return b.inside(b.newScratch)
}

// resetNumber sees to it, on the warden's thread, that the box's next process has the
// number that is due. The kernel takes that from a process of the same pid namespace only.
func (b *box) resetNumber() error {
	e := b.engine
	if e.lastPid < 0 {
		return nil
	}
	if b.launches() { // the warden's children are born outside
		if err := unix.Setns(b.pidns, unix.CLONE_NEWPID); err != nil {
			return fmt.Errorf("reset process numbers: %w", err)
		}
	}
	err := spawn.Write(e.lastPid, strconv.Itoa(b.number-1))
	if b.launches() {
		err = errors.Join(err, unix.Setns(e.pidns, unix.CLONE_NEWPID))
	}
	if err != nil {
		return fmt.Errorf("reset process numbers: %w", err)
	}
	return nil
}
