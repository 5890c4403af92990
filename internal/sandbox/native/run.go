package native

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// run is one command while it runs.
type run struct {
	box     *box
	command *sandbox.Command
	process spawn.Process
	start   time.Time
	stdout  pump
	stderr  pump
	ending  sandbox.Ending // why we ended it; empty when it ends by itself
	outcome sandbox.Outcome
}

// pump is the reading end of a pipe, and where what comes out of it goes.
type pump struct {
	fd    int // -1 when closed
	write func([]byte) error
}

func (b *box) run(ctx context.Context, c *sandbox.Command) (_ sandbox.Outcome, err error) {
	if b.buffer == nil {
		b.buffer = make([]byte, 64<<10)
	}
	if err := b.ready(); err != nil {
		return sandbox.Outcome{}, err
	}
	if err := b.group.Begin(c.Limits.Memory, c.Limits.Processes); err != nil {
		return sandbox.Outcome{}, err
	}
	r := &run{box: b, command: c, stdout: pump{fd: -1}, stderr: pump{fd: -1}}
	defer func() {
		r.stdout.close()
		r.stderr.close()
		err = errors.Join(err, b.clean())
	}()
	if err := r.begin(); err != nil {
		return r.notBegun(err)
	}
	defer r.process.Close()
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_, _ = unix.Write(b.wake, []byte{1, 0, 0, 0, 0, 0, 0, 0})
		close(woken)
	})
	watched := r.watch()
	if watched != nil {
		watched = errors.Join(watched, b.group.Kill())
	}
	if !stop() { // the signal may have come after the end: it is not for the next run
		<-woken
		_, _ = unix.Read(b.wake, make([]byte, 8))
	}
	return r.outcome, errors.Join(watched, r.finish())
}

// clean makes the working directory as if it had never been used.
func (b *box) clean() error {
	touched, err := b.scratch.touched()
	if err != nil || !touched {
		return err
	}
	return b.inside(b.newScratch)
}

// begin starts the program with its pipes.
func (r *run) begin() error {
	c := r.command
	null := r.box.engine.null
	stdio := [3]int{null, null, null}
	if c.Stdin != nil {
		stdio[0] = int(c.Stdin.Fd())
	}
	var ours []int // the program's ends of the pipes
	defer func() {
		for _, fd := range ours {
			_ = unix.Close(fd)
		}
		runtime.KeepAlive(c)
	}()
	open := func(p *pump, write func([]byte) error) (int, error) {
		var fds [2]int
		if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
			return -1, fmt.Errorf("pipe: %w", err)
		}
		p.fd, p.write = fds[0], write
		ours = append(ours, fds[1])
		return fds[1], nil
	}
	var err error
	if file, ok := c.Stdout.(*os.File); ok {
		stdio[1] = int(file.Fd())
	} else if stdio[1], err = open(&r.stdout, r.keepOutput); err != nil {
		return err
	}
	if c.MergeOutput {
		stdio[2] = stdio[1]
	} else if stdio[2], err = open(&r.stderr, r.keepStderr); err != nil {
		return err
	}
	r.start = time.Now()
	r.process, err = r.box.start(c, stdio)
	return err
}

// notBegun says what it means that a program could not be started: it may be the
// program's fault.
func (r *run) notBegun(err error) (sandbox.Outcome, error) {
	if errno, ok := cannotStart(err); ok {
		return sandbox.Outcome{
			Ending: sandbox.Exited, ExitCode: 127,
			Stderr: fmt.Appendf(nil, "cannot start %s: %s\n", r.command.Args[0], errno.Error()),
		}, r.clear()
	}
	used, usageErr := r.box.group.Usage()
	if usageErr == nil && used.OOMKills > 0 { // the launcher went with a program that had not begun
		return sandbox.Outcome{Ending: sandbox.MemoryLimit, Signal: "SIGKILL", CPU: used.CPU, Memory: used.Memory}, r.clear()
	}
	return sandbox.Outcome{}, errors.Join(err, usageErr)
}

// watch sleeps until the program ends, prints, or breaks a limit.
func (r *run) watch() error {
	deadline := r.start.Add(r.command.Limits.Wall)
	checkCPU := r.start.Add(r.untilCPU(0))
	fds := make([]unix.PollFd, 4)
	for {
		fds = append(fds[:0],
			unix.PollFd{Fd: int32(r.process.Pidfd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.box.wake), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.stdout.fd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.stderr.fd), Events: unix.POLLIN})
		until := deadline
		if checkCPU.Before(until) {
			until = checkCPU
		}
		timeout := unix.NsecToTimespec(int64(max(time.Until(until), 0)))
		if _, err := unix.Ppoll(fds, &timeout, nil); err != nil && err != unix.EINTR {
			return fmt.Errorf("poll: %w", err)
		}
		if err := r.stdout.drain(r.box.buffer, fds[2].Revents); err != nil {
			return err
		}
		if err := r.stderr.drain(r.box.buffer, fds[3].Revents); err != nil {
			return err
		}
		if fds[0].Revents != 0 {
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
			used, err := r.box.group.CPU()
			if err != nil {
				return err
			}
			if used > r.command.Limits.CPU {
				r.ending = sandbox.CPULimit
			}
			checkCPU = now.Add(r.untilCPU(used))
		}
		if r.ending != "" {
			return r.box.group.Kill()
		}
	}
}

// untilCPU is the least time in which the processor time that is left can be used up.
func (r *run) untilCPU(used time.Duration) time.Duration {
	processors := 1
	if !r.box.sealed {
		processors = runtime.NumCPU()
	}
	return max((r.command.Limits.CPU-used)/time.Duration(processors), 0) + time.Millisecond
}

// finish kills what the program left behind, takes what is still in the pipes, and says
// how it ended.
func (r *run) finish() error {
	status, err := r.process.Wait()
	if err != nil {
		return fmt.Errorf("wait: %w", err)
	}
	o := &r.outcome
	o.Wall = time.Since(r.start)
	if err := r.clear(); err != nil {
		return err
	}
	// Nobody holds the other ends now, so there is an end to read.
	for _, p := range []*pump{&r.stdout, &r.stderr} {
		for p.fd >= 0 {
			if err := p.drain(r.box.buffer, unix.POLLIN); err != nil {
				return err
			}
		}
	}
	used, err := r.box.group.Usage()
	if err != nil {
		return err
	}
	o.CPU, o.Memory = used.CPU, used.Memory
	if status.Exited() {
		o.ExitCode = status.ExitStatus()
	} else {
		o.Signal = unix.SignalName(status.Signal())
	}
	limits := r.command.Limits
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
	return nil
}

// clear kills what the program left behind and returns when nothing of it is left, not
// even the dead that wait to be reaped: the next run could see those. There is no event
// to sleep on; it takes microseconds, and only after a run that left something.
func (r *run) clear() error {
	for pause := 20 * time.Microsecond; ; pause = min(2*pause, time.Millisecond) {
		left, err := r.box.group.Leftover()
		if err != nil || !left {
			return err
		}
		if err := r.box.group.Kill(); err != nil {
			return err
		}
		if err := r.box.inside(reap); err != nil {
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

// drain takes what is in the pipe, at most a bufferful, if poll said that there is
// something, and closes the pipe at its end.
func (p *pump) drain(buffer []byte, ready int16) error {
	if p.fd < 0 || ready == 0 {
		return nil
	}
	n, err := unix.Read(p.fd, buffer)
	switch {
	case err == unix.EAGAIN || err == unix.EINTR:
		return nil
	case err != nil:
		return fmt.Errorf("read output: %w", err)
	case n == 0:
		p.close()
		return nil
	}
	return p.write(buffer[:n])
}

func (p *pump) close() {
	if p.fd >= 0 {
		_ = unix.Close(p.fd)
		p.fd = -1
	}
}
