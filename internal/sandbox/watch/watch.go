// Package watch looks after one run of a command, for every engine alike: it feeds the
// program's input, takes its output, says when a limit is broken, and tells in the end how
// the run went. Starting, killing and measuring are the engine's.
package watch

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
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
)

// BufferSize is how long the buffer must be that engines lend: what a pipe holds.
const BufferSize = 64 << 10

// Run is one command while it runs.
type Run struct {
	Ending sandbox.Ending // why it is to be ended; empty when it ends by itself

	command *sandbox.Command
	start   time.Time
	outcome sandbox.Outcome
	stdin   feed
	stdout  pump
	stderr  pump
	theirs  []int // the program's ends of the pipes
	buffer  []byte
}

// Open makes the pipes of a command and gives what the program's descriptors 0, 1 and 2
// are to be; null is /dev/null. The run is over with Close.
func Open(c *sandbox.Command, null int, buffer []byte) (r *Run, stdio [3]int, err error) {
	r = &Run{command: c, stdin: feed{fd: -1}, stdout: pump{fd: -1}, stderr: pump{fd: -1}, buffer: buffer}
	defer func() {
		if err != nil {
			r.Close()
			r = nil
		}
	}()
	stdio = [3]int{null, null, null}
	if c.Stdin != nil {
		if stdio[0], err = r.openInput(); err != nil {
			return r, stdio, err
		}
	}
	if file, ok := c.Stdout.(*os.File); ok {
		stdio[1] = int(file.Fd())
	} else if stdio[1], err = r.openOutput(&r.stdout, r.keepOutput); err != nil {
		return r, stdio, err
	}
	if c.MergeOutput {
		stdio[2] = stdio[1]
		return r, stdio, nil
	}
	stdio[2], err = r.openOutput(&r.stderr, r.keepStderr)
	return r, stdio, err
}

// openInput makes a pipe of a file, and hands on what is something else already. A program
// that had the file itself could see its name and leave marks on it for another run, and
// reading it would count as the program's memory.
func (r *Run) openInput() (int, error) {
	file := int(r.command.Stdin.Fd())
	var info unix.Stat_t
	if err := unix.Fstat(file, &info); err != nil {
		return -1, fmt.Errorf("input: %w", err)
	}
	if info.Mode&unix.S_IFMT != unix.S_IFREG {
		return file, nil
	}
	ours, theirs, err := pipe()
	if err != nil {
		return -1, err
	}
	r.theirs = append(r.theirs, ours)
	r.stdin = feed{file: file, fd: theirs}
	return ours, r.stdin.begin(r.buffer)
}

func (r *Run) openOutput(p *pump, write func([]byte) error) (int, error) {
	ours, theirs, err := pipe()
	if err != nil {
		return -1, err
	}
	*p = pump{ours, write}
	r.theirs = append(r.theirs, theirs)
	return theirs, nil
}

func pipe() (reads, writes int, err error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return -1, -1, fmt.Errorf("pipe: %w", err)
	}
	return fds[0], fds[1], nil
}

// Started says that the program has its descriptors, so that ours of them are closed. The
// wall clock has run since begin.
func (r *Run) Started(begin time.Time) {
	r.start = begin
	r.closeTheirs()
	if r.command.Started != nil {
		r.command.Started()
	}
	runtime.KeepAlive(r.command)
}

func (r *Run) closeTheirs() {
	for _, fd := range r.theirs {
		_ = unix.Close(fd)
	}
	r.theirs = nil
}

// Close gives the pipes back.
func (r *Run) Close() {
	r.closeTheirs()
	r.stdin.close()
	r.stdout.close()
	r.stderr.close()
	runtime.KeepAlive(r.command)
}

// Watched is what an engine shows of a program.
type Watched struct {
	Ended      int // a descriptor that can be read once the program has ended
	Wake       int // an eventfd of the engine's, not blocking
	Processors int // that the program may use at one time
	CPU        func() (time.Duration, error)
	// Long is called once if the run is not over soon.
	Long func() error
}

// soon is how long a run may take before it is a long one: most runs of most problems end
// earlier.
const soon = 20 * time.Millisecond

// Watch returns when the program has ended, or is to be ended because a limit is broken
// or ctx is over: then Ending says why.
func (r *Run) Watch(ctx context.Context, w Watched) error {
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_, _ = unix.Write(w.Wake, []byte{1, 0, 0, 0, 0, 0, 0, 0})
		close(woken)
	})
	err := r.watch(w)
	if !stop() { // the signal may have come after the end: it is not for the next run
		<-woken
		_, _ = unix.Read(w.Wake, make([]byte, 8))
	}
	return err
}

// watch sleeps until the program ends, prints, reads, or breaks a limit.
func (r *Run) watch(w Watched) error {
	limits := r.command.Limits
	deadline := r.start.Add(limits.Wall)
	checkCPU := r.start.Add(w.untilCPU(limits.CPU))
	long := deadline
	if w.Long != nil {
		long = r.start.Add(soon)
	}
	fds := make([]unix.PollFd, 5)
	for {
		fds = append(fds[:0],
			unix.PollFd{Fd: int32(w.Ended), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(w.Wake), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.stdout.fd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.stderr.fd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.stdin.fd), Events: unix.POLLOUT})
		until := deadline
		for _, t := range []time.Time{checkCPU, long} {
			if t.Before(until) {
				until = t
			}
		}
		timeout := unix.NsecToTimespec(int64(max(time.Until(until), 0)))
		if _, err := unix.Ppoll(fds, &timeout, nil); err != nil && err != unix.EINTR {
			return fmt.Errorf("poll: %w", err)
		}
		err := errors.Join(
			r.stdout.drain(r.buffer, fds[2].Revents),
			r.stderr.drain(r.buffer, fds[3].Revents),
			r.stdin.more(fds[4].Revents))
		if err != nil || fds[0].Revents != 0 {
			return err
		}
		now := time.Now()
		if long.Before(deadline) && !now.Before(long) {
			if err := w.Long(); err != nil {
				return err
			}
			long = deadline
		}
		switch {
		case fds[1].Revents != 0:
			r.Ending = sandbox.Cancelled
		case r.outcome.Output > limits.Output:
			r.Ending = sandbox.OutputLimit
		case !now.Before(deadline):
			r.Ending = sandbox.WallLimit
		case !now.Before(checkCPU):
			used, err := w.CPU()
			if err != nil {
				return err
			}
			if used > limits.CPU {
				r.Ending = sandbox.CPULimit
			}
			checkCPU = now.Add(w.untilCPU(limits.CPU - used))
		}
		if r.Ending != "" {
			return nil
		}
	}
}

// untilCPU is the least time in which the processor time that is left can be used up.
func (w Watched) untilCPU(left time.Duration) time.Duration {
	return max(left/time.Duration(w.Processors), 0) + time.Millisecond
}

// Ended says that the program has ended by now.
func (r *Run) Ended() { r.outcome.Wall = time.Since(r.start) }

// Drain takes what is still in the pipes, once nobody holds their other ends.
func (r *Run) Drain() error {
	for _, p := range []*pump{&r.stdout, &r.stderr} {
		for p.fd >= 0 {
			if err := p.drain(r.buffer, unix.POLLIN); err != nil {
				return err
			}
		}
	}
	return nil
}

// Outcome says how the run went, by how the process ended and what was used.
func (r *Run) Outcome(status unix.WaitStatus, used cgroup.Usage) sandbox.Outcome {
	o, limits := r.outcome, r.command.Limits
	o.CPU, o.Memory = used.CPU, used.Memory
	if status.Exited() {
		o.ExitCode = status.ExitStatus()
	} else {
		o.Signal = unix.SignalName(status.Signal())
	}
	switch {
	case r.Ending == sandbox.Cancelled:
		o.Ending = sandbox.Cancelled
	case used.OOMKills > 0:
		o.Ending = sandbox.MemoryLimit
	case o.CPU > limits.CPU || r.Ending == sandbox.CPULimit:
		o.Ending = sandbox.CPULimit
	case r.Ending == sandbox.WallLimit:
		o.Ending = sandbox.WallLimit
	case o.Output > limits.Output:
		o.Ending = sandbox.OutputLimit
	case status.Signaled():
		o.Ending = sandbox.Signalled
	default:
		o.Ending = sandbox.Exited
	}
	o.Output = min(o.Output, limits.Output)
	return o
}

// notExecuted are the errors of exec that come of the program: a compiler that left
// nothing, a file that is no program, a program too large for its memory.
var notExecuted = []unix.Errno{
	unix.ENOENT, unix.EACCES, unix.ENOEXEC, unix.ENOMEM, unix.E2BIG, unix.EINVAL, unix.ELOOP, unix.ENOTDIR, unix.EISDIR, unix.ETXTBSY, unix.ELIBBAD,
}

// NotExecuted is the outcome when exec failed with errno, if that is the program's fault.
func NotExecuted(c *sandbox.Command, errno unix.Errno) (sandbox.Outcome, bool) {
	for _, e := range notExecuted {
		if e == errno {
			return sandbox.Outcome{
				Ending: sandbox.Exited, ExitCode: 127,
				Stderr: fmt.Appendf(nil, "cannot start %s: %s\n", c.Args[0], errno.Error()),
			}, true
		}
	}
	return sandbox.Outcome{}, false
}

// keepOutput passes on what is within the limit and counts the rest.
func (r *Run) keepOutput(data []byte) error {
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

func (r *Run) keepStderr(data []byte) error {
	room := int(r.command.KeepStderr) - len(r.outcome.Stderr)
	if len(data) > room {
		r.outcome.StderrCut = r.command.KeepStderr > 0
		data = data[:max(room, 0)]
	}
	r.outcome.Stderr = append(r.outcome.Stderr, data...)
	return nil
}
