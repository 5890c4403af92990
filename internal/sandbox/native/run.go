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

// environment is all that a program finds, besides what its language sets.
var environment = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/scratch", "LANG=C.UTF-8", "TMPDIR=/tmp"}

const openFiles = 1024

// cannotStart are the errors of exec that come of the program: a compiler that left
// nothing, a file that is no program, a program too large for its memory.
var cannotStart = []unix.Errno{
	unix.ENOENT, unix.EACCES, unix.ENOEXEC, unix.ENOMEM, unix.E2BIG, unix.EINVAL, unix.ELOOP, unix.ENOTDIR, unix.EISDIR, unix.ETXTBSY, unix.ELIBBAD,
}

// run is one command while it runs.
type run struct {
	warden  *warden
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

func (w *warden) run(ctx context.Context, c *sandbox.Command, cpu int) (_ sandbox.Outcome, err error) {
	if err := w.pin(cpu); err != nil {
		return sandbox.Outcome{}, err
	}
	if err := w.group.Begin(c.Limits.Memory, c.Limits.Processes); err != nil {
		return sandbox.Outcome{}, err
	}
	r := &run{warden: w, command: c, stdout: pump{fd: -1}, stderr: pump{fd: -1}}
	defer func() {
		r.stdout.close()
		r.stderr.close()
		err = errors.Join(err, w.scratch.clean())
	}()
	if err := r.begin(); err != nil {
		var failed *spawn.Error
		if errors.As(err, &failed) && failed.Step == spawn.StepExec && isOneOf(failed.Errno, cannotStart) {
			return sandbox.Outcome{
				Ending: sandbox.Exited, ExitCode: 127,
				Stderr: fmt.Appendf(nil, "cannot start %s: %s\n", c.Args[0], failed.Errno.Error()),
			}, nil
		}
		return sandbox.Outcome{}, err
	}
	defer r.process.Close()
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_, _ = unix.Write(w.wake, []byte{1, 0, 0, 0, 0, 0, 0, 0})
		close(woken)
	})
	watched := r.watch()
	if watched != nil {
		watched = errors.Join(watched, w.group.Kill())
	}
	if !stop() { // the signal may have come after the end: it is not for the next run
		<-woken
		_, _ = unix.Read(w.wake, make([]byte, 8))
	}
	return r.outcome, errors.Join(watched, r.finish())
}

// pin keeps runs of a sealed box on one processor; compilers may use all.
func (w *warden) pin(cpu int) error {
	if !w.sealed {
		cpu = -1
	}
	if cpu == w.cpu {
		return nil
	}
	set := allProcessors()
	if cpu >= 0 {
		set.Zero()
		set.Set(cpu)
	}
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("pin to processor %d: %w", cpu, err)
	}
	w.cpu = cpu
	return nil
}

// begin starts the program with its pipes.
func (r *run) begin() error {
	c, e := r.command, r.warden.engine
	child := spawn.Child{
		Path: c.Args[0], File: -1, Args: c.Args, Env: append(environment[:len(environment):len(environment)], c.Env...),
		Dir: sandbox.CodeDir, UserNamespace: r.warden.userns, ID: prisonerID,
		Limits: r.limits(), Filter: e.filters.compile, Cgroup: r.warden.group.Fd(),
		Stdio: [3]int{e.null, e.null, e.null},
	}
	if r.warden.sealed {
		child.Dir, child.Filter = sandbox.ScratchDir, e.filters.run
	}
	if c.Stdin != nil {
		child.Stdio[0] = int(c.Stdin.Fd())
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
		return fds[1], unix.SetNonblock(fds[0], true)
	}
	var err error
	if file, ok := c.Stdout.(*os.File); ok {
		child.Stdio[1] = int(file.Fd())
	} else if child.Stdio[1], err = open(&r.stdout, r.keepOutput); err != nil {
		return err
	}
	if c.MergeOutput {
		child.Stdio[2] = child.Stdio[1]
	} else if child.Stdio[2], err = open(&r.stderr, r.keepStderr); err != nil {
		return err
	}
	r.start = time.Now()
	r.process, err = child.Start(e.lastCap)
	return err
}

// limits are the resource limits that the kernel keeps for each process. Processor time
// is measured for the whole group; its limit here is only a second fence.
func (r *run) limits() []spawn.Limit {
	l := r.command.Limits
	files := r.command.Scratch
	if files == 0 {
		files = deemster.MaxScratch
	}
	if !r.warden.sealed {
		files = codeSize
	}
	return []spawn.Limit{
		{Resource: unix.RLIMIT_CPU, Value: uint64(l.CPU/time.Second) + 2},
		{Resource: unix.RLIMIT_FSIZE, Value: uint64(files)},
		{Resource: unix.RLIMIT_STACK, Value: uint64(l.Memory)},
		{Resource: unix.RLIMIT_CORE, Value: 1}, // 0 would not stop a core_pattern that is a pipe: core(5)
		{Resource: unix.RLIMIT_NOFILE, Value: openFiles},
		{Resource: unix.RLIMIT_MEMLOCK, Value: 64 << 10},
		{Resource: unix.RLIMIT_MSGQUEUE, Value: 0},
		{Resource: unix.RLIMIT_NICE, Value: 0},
		{Resource: unix.RLIMIT_RTPRIO, Value: 0},
	}
}

// watch sleeps until the program ends, prints, or breaks a limit.
func (r *run) watch() error {
	deadline := r.start.Add(r.command.Limits.Wall)
	checkCPU := r.start.Add(r.untilCPU(0))
	fds := make([]unix.PollFd, 4)
	for {
		fds = append(fds[:0],
			unix.PollFd{Fd: int32(r.process.Pidfd), Events: unix.POLLIN},
			unix.PollFd{Fd: int32(r.warden.wake), Events: unix.POLLIN},
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
		if err := r.stdout.drain(r.warden.buffer, fds[2].Revents); err != nil {
			return err
		}
		if err := r.stderr.drain(r.warden.buffer, fds[3].Revents); err != nil {
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
			return r.warden.group.Kill()
		}
	}
}

// untilCPU is the least time in which the processor time that is left can be used up.
func (r *run) untilCPU(used time.Duration) time.Duration {
	processors := 1
	if r.warden.cpu < 0 {
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
			if err := p.drain(r.warden.buffer, unix.POLLIN); err != nil {
				return err
			}
		}
	}
	used, err := r.warden.group.Usage()
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
// even the dead that wait for pid 1 to reap them: the next run could see those. There is
// no event to sleep on; it takes microseconds, and only after a run that left something.
func (r *run) clear() error {
	for pause := 20 * time.Microsecond; ; pause = min(2*pause, time.Millisecond) {
		left, err := r.warden.group.Leftover()
		if err != nil || !left {
			return err
		}
		if err := r.warden.group.Kill(); err != nil {
			return err
		}
		time.Sleep(pause)
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

func isOneOf(errno unix.Errno, list []unix.Errno) bool {
	for _, e := range list {
		if e == errno {
			return true
		}
	}
	return false
}
