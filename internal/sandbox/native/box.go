package native

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// Identities. Each box has a range of user ids of its own on the host, from those that
// nothing else uses (systemd's "UIDs and GIDs" leaves 1879048192 to 2147483647 free).
// In the box 0 is pid 1, and 1 the prisoner.
const (
	firstID    = 1879048192
	idsPerBox  = 16
	boxesOfIDs = 1 << 20
	prisonerID = 1
)

// What compilers may leave in /code, and use in /scratch while they work. All of it also
// counts as memory.
const (
	codeSize       = 512 * deemster.MiB
	codeFiles      = 20_000
	compileScratch = 512 * deemster.MiB
	compileFiles   = 20_000
)

// box is a handle on a warden.
type box struct {
	engine *Engine
	slot   int
	cpu    int
	work   chan func(*warden)
	closed sync.Once
	gone   chan error // the warden's last word
	code   int        // the root of /code
}

// warden is a thread in the box. Only that thread touches it.
type warden struct {
	engine  *Engine
	group   cgroup.Group
	userns  int
	pid1    spawn.Process
	alive   bool // pid1 runs
	code    int
	scratch *scratch
	sealed  bool
	wake    int // an eventfd: stop the run
	cpu     int // pinned to; -1 at first
	buffer  []byte

	container Container // nil when the box has none
}

// makeBox starts a warden and returns when its box is ready.
func (e *Engine) makeBox() (*box, error) {
	serial := e.serial.Add(1)
	b := &box{engine: e, slot: -1, work: make(chan func(*warden)), gone: make(chan error, 1)}
	ready := make(chan error)
	onOwnThread(func() {
		w := &warden{engine: e, userns: -1, code: -1, wake: -1, cpu: -1, buffer: make([]byte, 64<<10)}
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
		return nil, errors.Join(fmt.Errorf("native: make a box: %w", err), <-b.gone)
	}
	return b, nil
}

// enter makes the box and puts the calling thread into it.
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
	if err := w.enterRoot(); err != nil {
		return err
	}
	if err := w.group.Join(); err != nil {
		return err
	}
	namespaces := unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP
	if w.container == nil {
		namespaces |= unix.CLONE_NEWPID
	}
	if err := unix.Unshare(namespaces); err != nil {
		return fmt.Errorf("namespaces: %w", err)
	}
	if err := unix.Sethostname([]byte("box")); err != nil {
		return fmt.Errorf("host name: %w", err)
	}
	host := firstID + serial%boxesOfIDs*idsPerBox
	if w.code, err = mountTmpfs(sandbox.CodeDir, codeSize, codeFiles, host+prisonerID); err != nil {
		return err
	}
	if w.scratch, err = newScratch(compileScratch, compileFiles, host+prisonerID); err != nil {
		return err
	}
	if err := w.startPid1(host); err != nil {
		return fmt.Errorf("first process: %w", err)
	}
	if err := spawn.MountProc(); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	return nil
}

// startPid1 starts the box's first process, in a new user namespace, and keeps that
// namespace for the prisoners.
func (w *warden) startPid1(host uint32) error {
	e := w.engine
	child := spawn.Child{
		File: e.pid1, Args: []string{"init"}, Stdio: [3]int{e.null, e.null, e.null},
		UserNamespace: -1, KeepID: true, Cgroup: -1, Flags: unix.CLONE_NEWUSER,
	}
	var err error
	if w.pid1, err = child.Start(e.lastCap); err != nil {
		return err
	}
	w.alive = true
	pid := strconv.Itoa(w.pid1.Pid)
	ids := fmt.Sprintf("0 %d %d\n", host, idsPerBox)
	for _, file := range []string{"/uid_map", "/gid_map"} {
		if err := writeAt(e.proc, pid+file, ids); err != nil {
			return fmt.Errorf("map identities: %w", err)
		}
	}
	w.userns, err = unix.Openat(e.proc, pid+"/ns/user", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	return err
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
func (w *warden) leave() error {
	var errs []error
	if w.alive { // the whole pid namespace dies with it
		errs = append(errs, w.pid1.Kill())
		_, err := w.pid1.Wait()
		errs = append(errs, err, w.pid1.Close())
	}
	if w.container != nil {
		errs = append(errs, w.container.Close())
	}
	for _, fd := range []int{w.userns, w.code, w.wake} {
		if fd >= 0 {
			errs = append(errs, unix.Close(fd))
		}
	}
	if w.scratch != nil {
		w.scratch.close()
	}
	if w.group != nil {
		w.engine.leaving.Go(func() { // waits until this thread has left the group
			if err := w.group.Close(); err != nil {
				w.engine.log.Warn("native: box not wholly removed", "err", err)
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
	how := unix.OpenHow{
		Flags: unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC, Mode: 0o755,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_XDEV,
	}
	// A process forked meanwhile would hold the file open for writing until it executes:
	// then it could not be executed, nor the directory sealed.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Openat2(b.code, name, &how)
	if err != nil {
		return fmt.Errorf("native: write %s: %w", name, err)
	}
	defer unix.Close(fd)
	for len(content) > 0 {
		n, err := unix.Write(fd, content)
		if err != nil {
			return fmt.Errorf("native: write %s: %w", name, err)
		}
		content = content[n:]
	}
	return nil
}

func (b *box) Seal() error {
	return b.do(func(w *warden) error {
		attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}
		if err := unix.MountSetattr(w.code, "", unix.AT_EMPTY_PATH, &attr); err != nil {
			return fmt.Errorf("native: seal: %w", err)
		}
		w.sealed = true
		w.group.Rebase()
		return w.scratch.resize(deemster.MaxScratch, deemster.MaxScratchFiles)
	})
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
		return o, fmt.Errorf("native: run %s: %w", c.Args[0], err)
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
