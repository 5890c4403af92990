// Package cgroup limits and measures what runs in a box, with the kernel's control
// groups, versions 1 and 2.
//
// A [Group] serves one box for its whole life. The two versions differ in how a process
// gets in, and nowhere else:
//
//   - v1: the thread that will fork joins once ([Group.Join]); its children are born in
//     the group. Moving a process on every run would cost an RCU grace period, up to 16 ms
//     on a quiet machine.
//   - v2: a process is born in the group by clone3 and [Group.Fd]. A thread cannot be in
//     another group than its process.
//
// No process that somebody else started is ever moved, and no group that somebody else
// made is written to, but with v2: an executor that is alone in a group that was delegated
// to it moves itself into a child of that group; and the group that ours are made in is
// told to pass the controllers on.
package cgroup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// Usage is what a run used, since [Group.Begin].
type Usage struct {
	CPU      time.Duration  // of all that ran in the group
	Memory   deemster.Bytes // peak
	OOMKills int64          // processes that the out-of-memory killer ended
}

// Group is the control group of one box.
type Group interface {
	// Join puts the calling thread into the group (v1 only; nothing on v2).
	Join() error
	// Fd is the directory for CLONE_INTO_CGROUP (v2), or -1.
	Fd() int
	// Begin sets limits for the next run and forgets what the last one used. What the
	// idle box holds, such as files in /code, does not count against the run. The kernel
	// charges each processor's memory in batches of 64 pages, so what is idle is the least
	// that was seen at any Begin since Rebase.
	Begin(memory deemster.Bytes, processes int) error
	// Rebase forgets what the idle box held: files have been added to it, or another
	// process stays in it.
	Rebase()
	// CPU tells the processor time used since Begin.
	CPU() (time.Duration, error)
	// Usage tells what was used since Begin.
	Usage() (Usage, error)
	// Leftover tells whether more processes are in the group than when the run began.
	Leftover() (bool, error)
	// Processes tells how many processes and threads are in the group, the dead that nobody
	// has reaped and, on v1, the thread that joined among them.
	Processes() (int, error)
	// Kill kills every process of the run, however fast they fork, and returns when
	// they are gone. With v1 it leaves those alone that the group held at the first Begin
	// since Rebase; with v2 nothing in the group survives.
	Kill() error
	// Lasting tells whether a process may stay in the group from one run to the next:
	// otherwise every Begin makes another group.
	Lasting() bool
	// Close removes the group; all its processes must have ended.
	Close() error
}

// Hierarchy is where groups are made.
type Hierarchy interface {
	// Version is 1 or 2.
	Version() int
	// NewGroup makes a group. The box's resident processes are not counted in its runs.
	NewGroup(name string) (Group, error)
	// Close removes what was made to hold the groups.
	Close() error
}

// Root is where the kernel's control groups are mounted.
const Root = "/sys/fs/cgroup"

// Open finds the machine's control groups and makes a place for ours. It removes what
// executors that are dead have left.
func Open() (Hierarchy, error) {
	own, err := ownGroups()
	if err != nil {
		return nil, err
	}
	if data, err := os.ReadFile(filepath.Join(Root, "cgroup.controllers")); err == nil {
		have := strings.Fields(string(data))
		for _, need := range controllersV2 {
			if !slices.Contains(have, need) {
				return nil, fmt.Errorf("cgroup: the %s controller of cgroup v2 is missing (it has: %s)", need, strings.Join(have, " "))
			}
		}
		return openV2(own[""])
	}
	return openV1(own)
}

// ownGroups reads which group this process is in, by controller; the v2 group is under "".
func ownGroups() (map[string]string, error) {
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil, fmt.Errorf("cgroup: %w", err)
	}
	own := map[string]string{}
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		for controller := range strings.SplitSeq(parts[1], ",") {
			own[controller] = parts[2]
		}
	}
	return own, nil
}

// removeGroup removes one group. The kernel takes a moment to let go of a group whose
// last process has just been reaped.
func removeGroup(dir string) error {
	var err error
	for wait := 100 * time.Microsecond; wait < 5*time.Second; wait *= 2 {
		if err = unix.Rmdir(dir); err == nil || errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if !errors.Is(err, unix.EBUSY) {
			break
		}
		time.Sleep(wait)
	}
	return fmt.Errorf("cgroup: remove %s: %w", dir, err)
}

// control is an open control file, read and written over and over.
type control struct{ fd int }

func openControl(dir, name string, flags int) (control, error) {
	fd, err := unix.Open(filepath.Join(dir, name), flags|unix.O_CLOEXEC, 0)
	if err != nil {
		return control{}, fmt.Errorf("cgroup: open %s/%s: %w", dir, name, err)
	}
	return control{fd}, nil
}

func (c control) close() {
	if c.fd > 0 { // the zero control was never opened
		_ = unix.Close(c.fd)
	}
}

func (c control) write(value int64) error {
	var buf [24]byte
	text := strconv.AppendInt(buf[:0], value, 10)
	for {
		_, err := unix.Pwrite(c.fd, text, 0)
		if err != unix.EINTR { // the Go runtime interrupts its threads by a signal
			return err
		}
	}
}

// number reads a file that holds one number.
func (c control) number() (int64, error) {
	var buf [32]byte
	n, err := unix.Pread(c.fd, buf[:], 0)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(buf[:n])), 10, 64)
}

// field reads one field of a file with a name and a number on each line.
func (c control) field(name string) (int64, error) {
	var buf [1024]byte
	n, err := unix.Pread(c.fd, buf[:], 0)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(buf[:n])) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		}
	}
	return 0, fmt.Errorf("no field %q", name)
}

// memory measures what a run holds, above what the box held without it.
type memory struct {
	usage control
	peak  control
	kills control // has the field oom_kill
	// idle is the least that the box was seen to hold between runs, once that is known.
	idle   int64
	known  bool
	killed int64 // what kills said before the run
}

// begin looks at a box that waits for a run.
func (m *memory) begin() error {
	now, err := m.usage.number()
	if err != nil {
		return fmt.Errorf("cgroup: memory usage: %w", err)
	}
	if !m.known || now < m.idle {
		m.idle, m.known = now, true
	}
	if m.killed, err = m.kills.field("oom_kill"); err != nil {
		return fmt.Errorf("cgroup: out-of-memory kills: %w", err)
	}
	return nil
}

// used adds what the run has held at most, and how many of its processes the kernel
// killed for it.
func (m *memory) used(u *Usage) error {
	peak, err := m.peak.number()
	if err != nil {
		return fmt.Errorf("cgroup: memory peak: %w", err)
	}
	u.Memory = deemster.Bytes(max(peak-m.idle, 0))
	kills, err := m.kills.field("oom_kill")
	if err != nil {
		return fmt.Errorf("cgroup: out-of-memory kills: %w", err)
	}
	u.OOMKills = kills - m.killed
	return nil
}

// Rebase forgets what the box holds without a run.
func (m *memory) Rebase() { m.known = false }

// killAll kills what processes lists until it lists nothing. Nothing new can be forked
// meanwhile: the caller has seen to that.
func killAll(processes func() ([]int, error)) error {
	for {
		pids, err := processes()
		if err != nil || len(pids) == 0 {
			return err
		}
		var ended []unix.PollFd
		for _, pid := range pids {
			fd, err := unix.PidfdOpen(pid, 0)
			if err != nil {
				continue // gone already
			}
			_ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0)
			ended = append(ended, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
		}
		for i := range ended {
			_ = pollOne(&ended[i])
			_ = unix.Close(int(ended[i].Fd))
		}
		if len(ended) == 0 {
			time.Sleep(50 * time.Microsecond) // ended, and not yet taken out of the list
		}
	}
}

func pollOne(fd *unix.PollFd) error {
	for {
		_, err := unix.Poll([]unix.PollFd{*fd}, -1)
		if err != unix.EINTR {
			return err
		}
	}
}
