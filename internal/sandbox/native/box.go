package native

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
	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
)

// What compilers may leave in /code, and use in /scratch while they work. All of it also
// counts as memory.
const (
	codeSize       = 512 * deemster.MiB
	codeFiles      = 20_000
	compileScratch = 512 * deemster.MiB
	compileFiles   = 20_000
)

// box is one box. Its warden is the only thread that sees the box's own mounts; whatever
// else is done with a box, any thread can do.
type box struct {
	engine *Engine
	slot   int
	cpu    int // of its runs, once it is given out
	warden chan func()
	gone   chan error // the warden's last word
	closed sync.Once

	mu       sync.Mutex // one command at a time
	group    cgroup.Group
	pid1     spawn.Process
	alive    bool // pid1 runs
	pidns    int
	userns   int
	code     int // the root of /code
	scratch  *scratch
	rules    int // for the files of the box as they are now mounted; -1 without Landlock
	sealed   bool
	number   int      // of the next command's process, in its pid namespace
	launcher *running // nil when none runs
	wake     int      // an eventfd: stop the run
	buffer   []byte

	landlock  *landlock // nil when the kernel has none
	container Container // nil when the box has none
}

// makeBox starts a warden and returns when its box is ready.
func (e *Engine) makeBox() (*box, error) {
	b := &box{
		engine: e, slot: -1, number: firstNumber, pidns: -1, userns: -1, code: -1, rules: -1, wake: -1,
		warden: make(chan func()), gone: make(chan error, 1),
	}
	ready := make(chan error)
	thread.Own(func() {
		err := b.enter(e.serial.Add(1))
		ready <- err
		if err == nil {
			for f := range b.warden {
				f()
			}
		}
		b.gone <- b.leave()
	})
	if err := <-ready; err != nil {
		return nil, errors.Join(fmt.Errorf("native: make a box: %w", err), <-b.gone)
	}
	return b, nil
}

// inside runs f on the warden's thread.
func (b *box) inside(f func() error) error {
	done := make(chan error, 1)
	b.warden <- func() { done <- f() }
	return <-done
}

// enter makes the box and puts the calling thread into it.
func (b *box) enter(serial uint32) error {
	var err error
	if b.group, err = b.engine.groups.NewGroup(strconv.FormatUint(uint64(serial), 10)); err != nil {
		return err
	}
	if b.wake, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		return fmt.Errorf("eventfd: %w", err)
	}
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := b.enterRoot(); err != nil {
		return err
	}
	if err := b.group.Join(); err != nil {
		return err
	}
	namespaces := unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS
	if b.container == nil {
		namespaces |= unix.CLONE_NEWPID
	}
	if b.group.Fd() < 0 { // otherwise it is for the processes that are born in the group
		namespaces |= unix.CLONE_NEWCGROUP
	}
	if err := unix.Unshare(namespaces); err != nil {
		return fmt.Errorf("namespaces: %w", err)
	}
	if err := unix.Sethostname([]byte("box")); err != nil {
		return fmt.Errorf("host name: %w", err)
	}
	owner := b.engine.ids.owner(serial)
	code := tmpfs.Options{Size: codeSize, Files: codeFiles, Owner: owner, Huge: true}
	if b.code, err = tmpfs.Mount(sandbox.CodeDir, code); err != nil {
		return err
	}
	if b.scratch, err = newScratch(tmpfs.Options{Size: compileScratch, Files: compileFiles, Owner: owner}); err != nil {
		return err
	}
	if err := b.rule(); err != nil {
		return err
	}
	if err := b.startPid1(serial); err != nil {
		return fmt.Errorf("first process: %w", err)
	}
	if err := mountProc(b.engine.ids.nested); err != nil {
		return err
	}
	if !b.launches() {
		return nil
	}
	// The launcher is born where no prisoner sees it; what it starts is born in the box.
	if err := unix.Setns(b.engine.pidns, unix.CLONE_NEWPID); err != nil {
		return fmt.Errorf("pid namespace of the launcher: %w", err)
	}
	return b.startLauncher()
}

// newScratch gives the box another working directory, as if the last had never been.
func (b *box) newScratch() error {
	if err := b.scratch.replace(); err != nil {
		return err
	}
	return b.rule()
}

// rule makes the rules for the directories that are mounted now.
func (b *box) rule() error {
	if b.landlock == nil {
		return nil
	}
	if b.rules >= 0 {
		_ = unix.Close(b.rules)
	}
	var err error
	b.rules, err = b.landlock.rules(b.code, b.scratch.fd)
	return err
}

// startPid1 starts the box's first process, in a new user namespace, and keeps its
// namespaces for the prisoners. When they have the judge's own id it stays out of theirs,
// as a process that they have no power over.
func (b *box) startPid1(serial uint32) error {
	e := b.engine
	child := spawn.Child{
		File: e.pid1, Args: []string{"init"}, Files: []int{e.null, e.null, e.null},
		PidNamespace: -1, UserNamespace: -1, KeepID: true, Landlock: -1, Cgroup: -1, Flags: unix.CLONE_NEWUSER,
	}
	if e.ids.single() {
		child.Flags = 0
	}
	var err error
	if b.pid1, err = child.Start(e.lastCap); err != nil {
		return err
	}
	b.alive = true
	pid := strconv.Itoa(b.pid1.Pid)
	if b.pidns, err = unix.Openat(e.proc, pid+"/ns/pid", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		return err
	}
	if e.ids.single() {
		b.userns, err = unix.FcntlInt(uintptr(e.prisoners), unix.F_DUPFD_CLOEXEC, 0)
	} else {
		for _, file := range []string{"/uid_map", "/gid_map"} {
			if err := writeAt(e.proc, pid+file, e.ids.mapping(serial)); err != nil {
				return fmt.Errorf("map identities: %w", err)
			}
		}
		b.userns, err = unix.Openat(e.proc, pid+"/ns/user", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	}
	if err == nil && b.container != nil { // it has a first process; this one lent its namespaces
		err = b.endPid1()
	}
	return err
}

func (b *box) endPid1() error {
	b.alive = false
	err := b.pid1.Kill()
	_, waitErr := b.pid1.Wait()
	return errors.Join(err, waitErr, b.pid1.Close())
}

func writeAt(dir int, name, content string) error {
	fd, err := unix.Openat(dir, name, unix.O_WRONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	_, err = unix.Write(fd, []byte(content))
	return err
}

// leave kills what is in the box and gives everything back but the thread, which ends
// with its goroutine and takes the namespaces with it.
func (b *box) leave() error {
	var errs []error
	if b.launcher != nil {
		errs = append(errs, b.launcher.stop())
	}
	if b.alive { // the whole pid namespace dies with it
		errs = append(errs, b.endPid1())
	}
	if b.container != nil {
		errs = append(errs, b.container.Close())
		if b.landlock != nil {
			b.landlock.close()
		}
	}
	for _, fd := range []int{b.pidns, b.userns, b.code, b.rules, b.wake} {
		if fd >= 0 {
			errs = append(errs, unix.Close(fd))
		}
	}
	if b.scratch != nil {
		b.scratch.close()
	}
	if b.group != nil {
		b.engine.leaving.Go(func() { // waits until this thread has left the group
			if err := b.group.Close(); err != nil {
				b.engine.log.Warn("native: box not wholly removed", "err", err)
			}
		})
	}
	return errors.Join(errs...)
}

func (b *box) WriteFile(name string, content []byte) error {
	if err := tmpfs.WriteFile(b.code, name, content); err != nil {
		return fmt.Errorf("native: %w", err)
	}
	return nil
}

func (b *box) Load(from io.Reader) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := artefact.Read(from, b.code, b.scratch.room.Owner); err != nil {
		return fmt.Errorf("native: %w", err)
	}
	return nil
}

func (b *box) Code() (*os.File, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.sealed {
		return nil, errors.New("native: /code is not sealed")
	}
	fd, err := unix.FcntlInt(uintptr(b.code), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("native: open /code: %w", err)
	}
	return os.NewFile(uintptr(fd), sandbox.CodeDir), nil
}

func (b *box) Seal() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.inside(func() error {
		attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}
		if err := unix.MountSetattr(b.code, "", unix.AT_EMPTY_PATH, &attr); err != nil {
			return fmt.Errorf("native: seal: %w", err)
		}
		b.sealed = true
		// Compilers may use every processor; from here on what the warden starts has one.
		if err := b.pin(); err != nil {
			return err
		}
		b.number = firstNumber
		if err := b.resetNumber(); err != nil {
			return fmt.Errorf("native: seal: %w", err)
		}
		b.scratch.room.Size, b.scratch.room.Files = deemster.MaxScratch, deemster.MaxScratchFiles
		if err := b.newScratch(); err != nil {
			return fmt.Errorf("native: seal: %w", err)
		}
		if b.launcher != nil { // another profile holds from now on
			if err := b.startLauncher(); err != nil {
				return fmt.Errorf("native: seal: %w", err)
			}
		}
		b.group.Rebase()
		return nil
	})
}

// pin keeps the warden, and what it starts, on the box's processor.
func (b *box) pin() error {
	var cpu unix.CPUSet
	cpu.Set(b.cpu)
	if err := unix.SchedSetaffinity(0, &cpu); err != nil {
		return fmt.Errorf("native: pin to processor %d: %w", b.cpu, err)
	}
	return nil
}

func (b *box) Beside(other sandbox.Box) error {
	o, ok := other.(*box)
	if !ok || o.engine != b.engine {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.cpu
	b.engine.move(b, o)
	if !b.sealed || b.cpu == before {
		return nil
	}
	return b.inside(func() error {
		if err := b.pin(); err != nil || b.launcher == nil {
			return err
		}
		defer b.group.Rebase()
		return b.startLauncher() // it stays where it was started
	})
}

func (b *box) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return sandbox.Outcome{Ending: sandbox.Cancelled}, nil
	}
	o, err := b.run(ctx, &c)
	if b.container != nil && (err != nil || o.Ending == sandbox.Signalled || o.ExitCode != 0) {
		err = errors.Join(b.container.Alive(), err)
	}
	if err != nil {
		return o, fmt.Errorf("native: run %s: %w", c.Args[0], err)
	}
	return o, nil
}

func (b *box) Close() error {
	var err error
	b.closed.Do(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		close(b.warden)
		err = <-b.gone
		if b.slot >= 0 {
			b.engine.release(b.slot)
		}
	})
	return err
}
