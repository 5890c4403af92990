package native

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/launcher"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// environment is all that a program finds, besides what its language sets.
var environment = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/scratch", "LANG=C.UTF-8", "TMPDIR=/tmp"}

// fixedLimits are the same for every run.
var fixedLimits = []spawn.Limit{
	{Resource: unix.RLIMIT_CORE, Value: 1}, // 0 would not stop a core_pattern that is a pipe: core(5)
	{Resource: unix.RLIMIT_NOFILE, Value: 1024},
	{Resource: unix.RLIMIT_MEMLOCK, Value: 64 << 10},
	{Resource: unix.RLIMIT_MSGQUEUE, Value: 0},
	// Pending signals, and timers, count for the maker of the user namespace too: one box
	// could take what there is for all.
	{Resource: unix.RLIMIT_SIGPENDING, Value: 1024},
	{Resource: unix.RLIMIT_NICE, Value: 0},
	{Resource: unix.RLIMIT_RTPRIO, Value: 0},
}

// runLimits are what differs between runs. Processor time is measured for the whole group;
// its limit here is only a second fence.
func (b *box) runLimits(c *sandbox.Command) []spawn.Limit {
	files := c.Scratch
	switch {
	case files > 0:
	case b.sealed:
		files = deemster.MaxScratch
	default:
		files = codeSize
	}
	return []spawn.Limit{
		{Resource: unix.RLIMIT_CPU, Value: uint64(c.Limits.CPU/time.Second) + 2},
		{Resource: unix.RLIMIT_FSIZE, Value: uint64(files)},
		{Resource: unix.RLIMIT_STACK, Value: uint64(c.Limits.Memory)},
	}
}

// The numbers that commands have, one after the other, in their pid namespace. Below are
// those of the box's own processes.
const (
	firstNumber = 100
	lastNumber  = 20_000
)

// running is a launcher and what it passes on.
type running struct {
	*launcher.Launcher
	process spawn.Process
}

// prisoner is a process as every program in the box begins: without any power.
func (b *box) prisoner() spawn.Child {
	c := spawn.Child{
		File: -1, Dir: sandbox.CodeDir, PidNamespace: -1, UserNamespace: b.userns, ID: prisonerID,
		Limits: fixedLimits, Landlock: -1, Filter: b.engine.filters.compile, Cgroup: b.group.Fd(),
		KeepGroups: b.engine.ids.keepGroups,
	}
	if b.sealed {
		c.Dir, c.Filter = sandbox.ScratchDir, b.engine.filters.run
	}
	return c
}

// launches tells whether a launcher starts the runs. In a user namespace there is none:
// the warden could not go back to the pid namespace that it came from.
func (b *box) launches() bool { return b.group.Lasting() && !b.engine.ids.nested }

// startLauncher starts a launcher for the profile that holds now, on the warden's thread,
// in the place of one that runs.
func (b *box) startLauncher() error {
	if b.launcher != nil {
		err := b.launcher.stop()
		b.launcher = nil
		if err != nil {
			return err
		}
	}
	l, theirs, err := launcher.Pair()
	if err != nil {
		return err
	}
	defer unix.Close(theirs)
	child := b.prisoner()
	child.File, child.Args = b.engine.launcher, []string{"launcher"}
	child.Dir = "/" // a working directory of runs would outlive its unmounting, with all its files
	child.Files = []int{b.engine.null, b.engine.null, b.engine.null, theirs}
	child.PidNamespace = b.pidns
	r := &running{Launcher: l}
	if r.process, err = child.Start(b.engine.lastCap); err != nil {
		return errors.Join(fmt.Errorf("launcher: %w", err), l.Close())
	}
	b.launcher = r
	return nil
}

// ready sees to it that there is a launcher. What kills everything in a group, on cgroup
// v2, kills the launcher too.
func (b *box) ready() error {
	if !b.launches() {
		return nil
	}
	if b.launcher != nil {
		ended, err := b.launcher.process.Ended()
		if err != nil || !ended {
			return err
		}
	}
	b.group.Rebase()
	return b.inside(b.startLauncher)
}

// stop ends the launcher, if nothing else has.
func (r *running) stop() error {
	err := r.Close()
	_ = r.process.Kill()
	_, waitErr := r.process.Wait()
	if errors.Is(waitErr, unix.ECHILD) { // taken for a stranger
		waitErr = nil
	}
	return errors.Join(err, waitErr, r.process.Close())
}

// start starts a command in the box, with these for its standard descriptors. An error of
// exec is told by failedExec.
func (b *box) start(c *sandbox.Command, stdio [3]int) (spawn.Process, error) {
	env := append(environment[:len(environment):len(environment)], c.Env...)
	if !b.launches() {
		return b.startDirectly(c, env, stdio)
	}
	p := launcher.Program{
		Path: c.Args[0], Args: c.Args, Env: env, Dir: sandbox.CodeDir,
		Stdio: stdio, Rules: b.rules, Limits: b.runLimits(c),
	}
	if b.sealed {
		p.Dir = sandbox.ScratchDir
	}
	pid, err := b.launch(&p)
	runtime.KeepAlive(c)
	if err != nil {
		return spawn.Process{}, err
	}
	pidfd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return spawn.Process{}, fmt.Errorf("pidfd: %w", err)
	}
	return spawn.Process{Pid: pid, Pidfd: pidfd}, nil
}

// launch starts a program with the process number that is due, which tells nothing but
// how many commands were run in the box before. When the last run has forked, it would be
// another.
func (b *box) launch(p *launcher.Program) (pid int, err error) {
	for attempt := 0; ; attempt++ {
		if b.engine.lastPid >= 0 {
			p.Number = b.number
		}
		pid, err := b.launcher.Start(p)
		if err == nil {
			b.nextNumber()
			return pid, nil
		}
		if pid > 0 {
			if _, waitErr := (spawn.Process{Pid: pid}).Wait(); waitErr != nil {
				return 0, errors.Join(err, waitErr)
			}
		}
		if !errors.Is(err, launcher.ErrNumber) {
			return 0, err
		}
		if attempt > 0 { // somebody has that number
			b.nextNumber()
		}
		if err := b.inside(b.resetNumber); err != nil {
			return 0, err
		}
	}
}

func (b *box) nextNumber() {
	if b.number++; b.number > lastNumber {
		b.number = firstNumber
	}
}

// startDirectly starts a command from the warden's thread: where every run has a control
// group of its own, into which no launcher could put it, and for ordinary users.
func (b *box) startDirectly(c *sandbox.Command, env []string, stdio [3]int) (p spawn.Process, err error) {
	child := b.prisoner()
	child.Path, child.Args, child.Env, child.Files, child.Landlock = c.Args[0], c.Args, env, stdio[:], b.rules
	child.Limits = append(b.runLimits(c), fixedLimits...)
	err = b.inside(func() error {
		if err := b.resetNumber(); err != nil {
			return err
		}
		p, err = child.Start(b.engine.lastCap)
		return err
	})
	runtime.KeepAlive(c)
	return p, err
}

// failedExec tells whether err says that the program could not be executed, and why.
func failedExec(err error) (unix.Errno, bool) {
	var direct *spawn.Error
	var launched *launcher.Error
	switch {
	case errors.As(err, &direct):
		return direct.Errno, direct.Step == spawn.StepExec
	case errors.As(err, &launched):
		return launched.Errno, launched.Exec
	}
	return 0, false
}
