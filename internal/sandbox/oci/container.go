package oci

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// container is one run's container. Its supervisor waits for the word to go.
type container struct {
	reaper *exec.Cmd
	ended  int // a pidfd of the reaper: nothing is left
	pidfd  int // of the supervisor; of gVisor, of the sandbox
	said   int // what the runtime prints; not blocking
	made   int // the reaper says how the runtime fared
	status int // what the supervisor says; not blocking
	gate   int // the word to go; when it closes the supervisor ends
}

// end ends the container, whatever it does, and returns when nothing of it is left: the
// kernel kills all that is in a pid namespace with its first process, and the reaper has
// seen the others go.
func (k *container) end() error {
	if k.pidfd >= 0 {
		_ = unix.PidfdSendSignal(k.pidfd, unix.SIGKILL, nil, 0) // may have ended
	}
	if k.gate >= 0 {
		_ = unix.Close(k.gate)
		k.gate = -1
	}
	if err := sleep(-1, k.ended); err != nil {
		return err
	}
	return k.reaper.Wait()
}

func (k *container) close() {
	for _, fd := range []int{k.ended, k.pidfd, k.said, k.made, k.status, k.gate} {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
}

// create runs the runtime, and returns when the container's supervisor waits. The reaper,
// the runtime and the container belong to the box's groups.
func (w *warden) create(c *sandbox.Command, stdio [3]int) (_ *container, err error) {
	config, err := w.config(c)
	if err == nil {
		err = os.WriteFile(w.path("config.json"), config, 0o600)
	}
	if err != nil {
		return nil, err
	}
	k := &container{ended: -1, pidfd: -1, said: -1, made: -1, status: -1, gate: -1}
	defer func() {
		if err != nil {
			if k.reaper != nil {
				err = errors.Join(err, w.group.Kill())
				_ = k.reaper.Wait()
			}
			k.close()
		}
	}()
	theirs, err := k.pipes(stdio)
	if err == nil {
		err = w.startReaper(k, theirs)
	}
	theirs.close() // or no end would be seen
	if err != nil {
		return nil, err
	}
	return k, w.meet(k)
}

// startReaper starts the runtime under its reaper.
func (w *warden) startReaper(k *container, theirs ends) error {
	w.runs++
	rt := w.engine.runtime
	arguments := append([]string{runtimeFile}, rt.global...)
	arguments = append(append(arguments, "--root="+w.path("state"), "--log="+w.path("log"), "run"), rt.run...)
	command := exec.Command(reaperFile, append(arguments, "--pid-file="+w.path("pid"), "--bundle="+boxDir, "run-"+strconv.Itoa(w.runs))...)
	command.Env = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, PidFD: &k.ended}
	if group := w.group.Fd(); group >= 0 {
		command.SysProcAttr.UseCgroupFD, command.SysProcAttr.CgroupFD = true, group
	}
	// Its own are a pipe, all three: crun gives what it has there, be it the machine's
	// /dev/null, to the container's user.
	command.Stdin, command.Stdout, command.Stderr = theirs.said, theirs.said, theirs.said
	command.ExtraFiles = append([]*os.File{theirs.status, theirs.gate}, theirs.stdio[:]...)
	command.ExtraFiles = append(command.ExtraFiles, theirs.made) // descriptor 8
	if err := command.Start(); err != nil {
		return fmt.Errorf("start the reaper: %w", err)
	}
	k.reaper = command
	return nil
}

// ends are the container's ends of its pipes.
type ends struct {
	said, status, gate, made *os.File
	stdio                    [3]*os.File // the program's descriptors
}

func (e *ends) close() {
	for _, file := range append(e.stdio[:], e.said, e.status, e.gate, e.made) {
		if file != nil {
			_ = file.Close()
		}
	}
}

// pipes makes the container's pipes and gives its ends of them.
func (k *container) pipes(stdio [3]int) (theirs ends, err error) {
	for i, fd := range stdio {
		own, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3)
		if err != nil {
			return theirs, fmt.Errorf("descriptor %d: %w", i, err)
		}
		theirs.stdio[i] = os.NewFile(uintptr(own), "stdio")
	}
	for _, p := range []struct {
		ours   *int
		theirs **os.File
		end    int // which is theirs
	}{
		{&k.said, &theirs.said, 1}, {&k.status, &theirs.status, 1}, {&k.gate, &theirs.gate, 0}, {&k.made, &theirs.made, 1},
	} {
		var fds [2]int
		if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
			return theirs, fmt.Errorf("pipe: %w", err)
		}
		*p.ours, *p.theirs = fds[1-p.end], os.NewFile(uintptr(fds[p.end]), "pipe")
		if err := unix.SetNonblock(*p.ours, p.end == 1); err != nil {
			return theirs, fmt.Errorf("pipe: %w", err)
		}
	}
	return theirs, nil
}

// whyNot says why the runtime has not made a container: it wrote that to its log or
// printed it.
func (w *warden) whyNot(err error, k *container) error {
	said, _ := os.ReadFile(w.path("log"))
	buffer := make([]byte, 4096)
	if n, readErr := unix.Read(k.said, buffer); readErr == nil {
		said = append(said, buffer[:n]...)
	}
	if len(said) > 2000 {
		said = said[len(said)-2000:]
	}
	return fmt.Errorf("%s: %w: %s", w.engine.runtime.kind, err, bytes.TrimSpace(said))
}

// creation is how long a runtime may take to make a container, or to come to an end.
const creation = 30 * time.Second

// meet waits until the runtime has made the container and the supervisor is ready.
func (w *warden) meet(k *container) error {
	if err := sleep(creation, k.made, k.ended); err != nil {
		return fmt.Errorf("%s: %w", w.engine.runtime.kind, err)
	}
	if status, err := word(k.made); err != nil {
		return w.whyNot(err, k)
	} else if status != 0 {
		return w.whyNot(fmt.Errorf("exit status %d", unix.WaitStatus(status).ExitStatus()), k)
	}
	text, err := os.ReadFile(w.path("pid"))
	if err != nil {
		return err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return fmt.Errorf("the container's process: %w", err)
	}
	if k.pidfd, err = unix.PidfdOpen(pid, 0); err != nil {
		return w.whyNot(fmt.Errorf("the container's process: %w", err), k)
	}
	if err := sleep(creation, k.status, k.pidfd); err != nil {
		return fmt.Errorf("the container: %w", err)
	}
	if ready, err := word(k.status); err != nil || ready != 0 {
		return w.whyNot(errors.Join(errors.New("the container ended before its program began"), err), k)
	}
	if !w.engine.runtime.ours {
		return nil // its threads come and go
	}
	return w.settle()
}

// resident is how many processes of a container are ours: the reaper and the supervisor.
const resident = 2

// settle waits until the processes by which the runtime made the container have been
// reaped: they would count as the program's. There is no event to sleep on; it takes
// microseconds.
func (w *warden) settle() error {
	deadline := time.Now().Add(creation)
	for pause := 20 * time.Microsecond; ; pause = min(2*pause, time.Millisecond) {
		n, err := w.group.Processes()
		if err != nil || n <= w.idle+resident {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s has left %d processes beside the container", w.engine.runtime.kind, n-w.idle-resident)
		}
		time.Sleep(pause)
	}
}

// sleep waits until one of the descriptors has something, or no writer any more.
func sleep(limit time.Duration, descriptors ...int) error {
	deadline := time.Now().Add(limit)
	fds := make([]unix.PollFd, len(descriptors))
	for i, fd := range descriptors {
		fds[i] = unix.PollFd{Fd: int32(fd), Events: unix.POLLIN}
	}
	for {
		timeout := -1
		if limit >= 0 {
			timeout = int(max(time.Until(deadline), 0) / time.Millisecond)
		}
		n, err := unix.Poll(fds, timeout)
		switch {
		case n > 0:
			return nil
		case err == unix.EINTR:
		case err != nil:
			return fmt.Errorf("poll: %w", err)
		default:
			return fmt.Errorf("nothing for %s", limit)
		}
	}
}

// word reads one word of the supervisor's or reaper's.
func word(fd int) (int32, error) {
	var buffer [4]byte
	n, err := unix.Read(fd, buffer[:])
	if err == nil && n != len(buffer) {
		err = errors.New("nothing was said")
	}
	return int32(binary.LittleEndian.Uint32(buffer[:])), err
}
