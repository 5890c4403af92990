package oci

import (
	"context"
	"errors"
	"fmt"
	"io"
	goruntime "runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// cannotStart are the errors of exec that come of the program: a compiler that left
// nothing, a file that is no program, a program too large for its memory.
var cannotStart = []unix.Errno{
	unix.ENOENT, unix.EACCES, unix.ENOEXEC, unix.ENOMEM, unix.E2BIG, unix.EINVAL, unix.ELOOP, unix.ENOTDIR, unix.EISDIR, unix.ETXTBSY, unix.ELIBBAD,
}

// run is one command while it runs.
type run struct {
	warden    *warden
	command   *sandbox.Command
	container *container
	start     time.Time
	ended     bool  // the supervisor has said how
	word      int32 // what it said
	ending    sandbox.Ending
	outcome   sandbox.Outcome
}

func (w *warden) run(ctx context.Context, c *sandbox.Command, cpu int) (_ sandbox.Outcome, err error) {
	if err := w.pin(cpu); err != nil {
		return sandbox.Outcome{}, err
	}
	if err := w.open(); err != nil {
		return sandbox.Outcome{}, err
	}
	r := &run{warden: w, command: c}
	// Whatever has happened, nothing of the container is left in the group.
	defer func() { err = errors.Join(err, w.group.Kill(), w.forget()) }()
	if r.container, err = w.create(c, r); err != nil {
		return sandbox.Outcome{}, err
	}
	defer r.container.close()
	if err := r.begin(); err != nil {
		return sandbox.Outcome{}, errors.Join(err, r.container.end())
	}
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_, _ = unix.Write(w.wake, []byte{1, 0, 0, 0, 0, 0, 0, 0})
		close(woken)
	})
	watched := r.watch()
	if !stop() { // the signal may have come after the end: it is not for the next run
		<-woken
		_, _ = unix.Read(w.wake, make([]byte, 8))
	}
	if err := errors.Join(watched, r.end()); err != nil {
		return sandbox.Outcome{}, err
	}
	return r.judge()
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
		if cpu < 0 || n == cpu {
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

// begin sets the limits and lets the program go.
func (r *run) begin() error {
	// What the supervisor, or the sentry, holds is not the program's. It differs between
	// runs.
	r.warden.group.Rebase()
	limits, processes := r.command.Limits, r.command.Limits.Processes
	if !r.warden.engine.runtime.ours {
		processes = 4*processes + 200
	}
	if err := r.warden.group.Begin(limits.Memory, processes); err != nil {
		return err
	}
	r.start = time.Now()
	if err := r.container.letGo(); err != nil {
		return fmt.Errorf("let the program begin: %w", err)
	}
	return nil
}

// watch sleeps until the program ends, prints, or breaks a limit.
func (r *run) watch() error {
	k := r.container
	deadline := r.start.Add(r.command.Limits.Wall)
	checkCPU := r.start.Add(r.untilCPU(0))
	fds := make([]unix.PollFd, 4)
	for {
		fds = append(fds[:0],
			unix.PollFd{Fd: int32(k.status), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.warden.wake), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(k.stdout.fd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(k.stderr.fd), Events: unix.POLLIN})
		until := deadline
		if checkCPU.Before(until) {
			until = checkCPU
		}
		timeout := unix.NsecToTimespec(int64(max(time.Until(until), 0)))
		if _, err := unix.Ppoll(fds, &timeout, nil); err != nil && err != unix.EINTR {
			return fmt.Errorf("poll: %w", err)
		}
		if err := k.stdout.drain(r.warden.buffer, fds[2].Revents); err != nil {
			return err
		}
		if err := k.stderr.drain(r.warden.buffer, fds[3].Revents); err != nil {
			return err
		}
		if fds[0].Revents != 0 {
			word, err := word(k.status)
			r.ended, r.word = err == nil, word
			return nil
		}
		now := time.Now()
		switch {
		case fds[1].Revents != 0:
			r.ending = sandbox.Cancelled
		case r.outcome.Output > r.command.Limits.Output:
			r.ending = sandbox.OutputLimit
		case !now.Before(deadline):
			r.ending = sandbox.WallLimit
		case !now.Before(checkCPU):
			used, err := r.warden.group.CPU()
			if err != nil {
				return err
			}
			if used > r.command.Limits.CPU {
				r.ending = sandbox.CPULimit
			}
			checkCPU = now.Add(r.untilCPU(used))
		}
		if r.ending != "" {
			return nil
		}
	}
}

// untilCPU is the least time in which the processor time that is left can be used up.
func (r *run) untilCPU(used time.Duration) time.Duration {
	processors := 1
	if r.warden.cpu < 0 {
		processors = goruntime.NumCPU()
	}
	return max((r.command.Limits.CPU-used)/time.Duration(processors), 0) + time.Millisecond
}

// end kills what the program left behind, takes what is still in the pipes, and reads
// what was used.
func (r *run) end() error {
	o, k := &r.outcome, r.container
	o.Wall = time.Since(r.start)
	if err := k.end(); err != nil {
		return err
	}
	// Nobody holds the other ends now, so there is an end to read.
	for _, p := range []*pump{&k.stdout, &k.stderr} {
		for p.fd >= 0 {
			if err := p.drain(r.warden.buffer, unix.POLLIN); err != nil {
				return err
			}
		}
	}
	if !r.ended { // it may have ended between our decision and the kill
		word, err := word(k.status)
		r.ended, r.word = err == nil, word
	}
	return nil
}

// judge says how the run ended.
func (r *run) judge() (sandbox.Outcome, error) {
	o, limits := &r.outcome, r.command.Limits
	used, err := r.warden.group.Usage()
	if err != nil {
		return *o, err
	}
	o.CPU, o.Memory = used.CPU, used.Memory
	status := unix.WaitStatus(unix.SIGKILL) // of a program that ended with its supervisor
	if r.ended {
		if r.word < 0 {
			return r.neverBegan(-r.word)
		}
		status = unix.WaitStatus(r.word)
	}
	if status.Exited() {
		o.ExitCode = status.ExitStatus()
	} else {
		o.Signal = unix.SignalName(status.Signal())
	}
	switch {
	case r.ending == sandbox.Cancelled:
		o.Ending = sandbox.Cancelled
	case used.OOMKills > 0:
		o.Ending = sandbox.MemoryLimit
	case o.CPU > limits.CPU || r.ending == sandbox.CPULimit:
		o.Ending = sandbox.CPULimit
	case r.ending == sandbox.WallLimit:
		o.Ending = sandbox.WallLimit
	case o.Output > limits.Output:
		o.Ending = sandbox.OutputLimit
	case status.Signaled():
		o.Ending = sandbox.Signalled
	default:
		o.Ending = sandbox.Exited
	}
	o.Output = min(o.Output, limits.Output)
	return *o, nil
}

// neverBegan is the outcome when the supervisor could not start the program.
func (r *run) neverBegan(code int32) (sandbox.Outcome, error) {
	if code > notExec {
		return sandbox.Outcome{}, fmt.Errorf("the supervisor: %w", unix.Errno(code-notExec))
	}
	errno := unix.Errno(code)
	if !slices.Contains(cannotStart, errno) {
		return sandbox.Outcome{}, fmt.Errorf("execute: %w", errno)
	}
	return sandbox.Outcome{
		Ending: sandbox.Exited, ExitCode: 127,
		Stderr: fmt.Appendf(nil, "cannot start %s: %s\n", r.command.Args[0], errno.Error()),
	}, nil
}

// keepOutput passes on what is within the limit and counts the rest.
func (r *run) keepOutput(data []byte) error {
	room := r.command.Limits.Output - r.outcome.Output
	r.outcome.Output += deemster.Bytes(len(data))
	if r.command.Stdout == nil || room <= 0 {
		return nil
	}
	if deemster.Bytes(len(data)) > room {
		data = data[:room]
	}
	if _, err := r.command.Stdout.Write(data); err != nil && !errors.Is(err, io.ErrShortWrite) {
		return fmt.Errorf("take output: %w", err)
	}
	return nil
}

func (r *run) keepStderr(data []byte) error {
	room := int(r.command.KeepStderr) - len(r.outcome.Stderr)
	if len(data) > room {
		r.outcome.StderrCut = r.command.KeepStderr > 0
		data = data[:max(room, 0)]
	}
	r.outcome.Stderr = append(r.outcome.Stderr, data...)
	return nil
}
