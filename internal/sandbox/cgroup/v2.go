package cgroup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// controllersV2 are what boxes use. Processor time is counted without the cpu controller,
// which user sessions are often not given.
var controllersV2 = []string{"memory", "pids"}

type v2 struct{ base base }

// openV2 makes a group that may hold others, in the first place that takes it: the
// executor's own group when it was delegated (then the executor moves itself into a
// child, because a group with processes may not pass controllers on), or the root.
func openV2(own string) (Hierarchy, error) {
	var tried []error
	for _, parent := range []string{filepath.Join(Root, own), Root} {
		h := &v2{}
		err := delegate(parent)
		if err == nil {
			h.base, err = newBase(parent)
		}
		if err == nil {
			err = passOn(h.base.dir)
		}
		if err == nil {
			return h, nil
		}
		_ = h.Close()
		tried = append(tried, err)
	}
	return nil, fmt.Errorf("cgroup: no place to make groups (%w; %w): run as root, or in a group of its own, as by systemd-run --user --scope -p Delegate=yes", tried[0], tried[1])
}

// delegate sees to it that groups made in parent have the controllers.
func delegate(parent string) error {
	if passOn(parent) == nil {
		return nil
	}
	procs, err := os.ReadFile(filepath.Join(parent, "cgroup.procs"))
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(procs)) != strconv.Itoa(os.Getpid()) {
		return fmt.Errorf("%s holds other processes", parent)
	}
	self := filepath.Join(parent, "executor")
	if err := os.Mkdir(self, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	if err := os.WriteFile(filepath.Join(self, "cgroup.procs"), []byte(strconv.Itoa(os.Getpid())), 0); err != nil {
		return err
	}
	return passOn(parent)
}

// passOn lets children of dir use the controllers that a box needs.
func passOn(dir string) error {
	file := filepath.Join(dir, "cgroup.subtree_control")
	have, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for _, controller := range controllersV2 {
		if slices.Contains(strings.Fields(string(have)), controller) {
			continue
		}
		if err := os.WriteFile(file, []byte("+"+controller), 0); err != nil {
			return err
		}
	}
	return nil
}

func (h *v2) Version() int { return 2 }

func (h *v2) Close() error { return h.base.close() }

// groupV2 is a directory with a leaf for the runs. The box's resident process is in
// neither: it uses nothing.
type groupV2 struct {
	memory
	dir     string
	fd      int
	kill    control
	max     control // memory.max
	pidsMax control
	pidsNow control
	cpu     control
	state   control                   // cgroup.events
	resets  bool                      // memory.peak can be reset (Linux 6.12)
	before  struct{ cpu, pids int64 } // the first in µs
}

func (h *v2) NewGroup(name string) (Group, error) {
	g := &groupV2{dir: filepath.Join(h.base.dir, name), fd: -1}
	if err := g.make(); err != nil {
		_ = g.Close()
		return nil, err
	}
	_, err := unix.Pwrite(g.peak.fd, []byte("reset"), 0)
	g.resets = err == nil
	return g, nil
}

// make makes the directory and opens its files.
func (g *groupV2) make() error {
	if err := os.Mkdir(g.dir, 0o755); err != nil {
		return fmt.Errorf("cgroup: %w", err)
	}
	var err error
	if g.fd, err = unix.Open(g.dir, unix.O_DIRECTORY|unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
		return fmt.Errorf("cgroup: %w", err)
	}
	files := []struct {
		to    *control
		name  string
		flags int
	}{
		{&g.kill, "cgroup.kill", unix.O_WRONLY},
		{&g.max, "memory.max", unix.O_WRONLY},
		{&g.usage, "memory.current", unix.O_RDONLY},
		{&g.kills, "memory.events", unix.O_RDONLY},
		{&g.pidsMax, "pids.max", unix.O_WRONLY},
		{&g.pidsNow, "pids.current", unix.O_RDONLY},
		{&g.cpu, "cpu.stat", unix.O_RDONLY},
		{&g.state, "cgroup.events", unix.O_RDONLY},
	}
	for _, f := range files {
		if *f.to, err = openControl(g.dir, f.name, f.flags); err != nil {
			return err
		}
	}
	if g.peak, err = openControl(g.dir, "memory.peak", unix.O_RDWR); err != nil { // read-only before 6.12
		if g.peak, err = openControl(g.dir, "memory.peak", unix.O_RDONLY); err != nil {
			return fmt.Errorf("%w (Linux 5.19 or later is needed)", err)
		}
	}
	_ = os.WriteFile(filepath.Join(g.dir, "memory.swap.max"), []byte("0"), 0) // absent without swap
	if err := os.WriteFile(filepath.Join(g.dir, "memory.oom.group"), []byte("1"), 0); err != nil {
		return fmt.Errorf("cgroup: %w", err)
	}
	return nil
}

func (g *groupV2) Join() error { return nil }

func (g *groupV2) Fd() int { return g.fd }

func (g *groupV2) Lasting() bool { return g.resets }

func (g *groupV2) Begin(limit deemster.Bytes, processes int) error {
	if g.resets {
		if _, err := unix.Pwrite(g.peak.fd, []byte("reset"), 0); err != nil {
			return fmt.Errorf("cgroup: reset the memory peak: %w", err)
		}
	} else if n, err := g.Processes(); err != nil {
		return err
	} else if n == 0 { // the only way back to zero is another group, made by a thread that sees the path
		made := make(chan error)
		go func() { made <- errors.Join(g.Close(), g.make()) }()
		if err := <-made; err != nil {
			return err
		}
	}
	if err := g.begin(); err != nil {
		return err
	}
	if err := g.max.write(int64(limit) + g.idle); err != nil {
		return fmt.Errorf("cgroup: memory limit: %w", err)
	}
	var err error
	if g.before.pids, err = g.pidsNow.number(); err != nil {
		return fmt.Errorf("cgroup: processes: %w", err)
	}
	if err := g.pidsMax.write(g.before.pids + int64(processes)); err != nil {
		return fmt.Errorf("cgroup: processes: %w", err)
	}
	if g.before.cpu, err = g.cpu.field("usage_usec"); err != nil {
		return fmt.Errorf("cgroup: processor time: %w", err)
	}
	return nil
}

func (g *groupV2) CPU() (time.Duration, error) {
	now, err := g.cpu.field("usage_usec")
	if err != nil {
		return 0, fmt.Errorf("cgroup: processor time: %w", err)
	}
	return time.Duration(now-g.before.cpu) * time.Microsecond, nil
}

func (g *groupV2) Usage() (u Usage, err error) {
	if u.CPU, err = g.CPU(); err != nil {
		return u, err
	}
	err = g.used(&u)
	return u, err
}

func (g *groupV2) Processes() (int, error) {
	now, err := g.pidsNow.number()
	if err != nil {
		return 0, fmt.Errorf("cgroup: processes: %w", err)
	}
	return int(now), nil
}

func (g *groupV2) Leftover() (bool, error) {
	now, err := g.pidsNow.number()
	if err != nil {
		return false, fmt.Errorf("cgroup: processes: %w", err)
	}
	return now > g.before.pids, nil
}

// Kill uses the kernel's own way, which no fork outruns, and sleeps until the group says
// that it is empty.
func (g *groupV2) Kill() error {
	if err := g.kill.write(1); err != nil {
		return fmt.Errorf("cgroup: kill: %w", err)
	}
	for {
		populated, err := g.state.field("populated")
		if err != nil {
			return fmt.Errorf("cgroup: kill: %w", err)
		}
		if populated == 0 {
			return nil
		}
		_, err = unix.Poll([]unix.PollFd{{Fd: int32(g.state.fd), Events: unix.POLLPRI}}, -1)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("cgroup: kill: %w", err)
		}
	}
}

func (g *groupV2) Close() error {
	for _, c := range []control{g.kill, g.max, g.usage, g.peak, g.kills, g.pidsMax, g.pidsNow, g.cpu, g.state, {g.fd}} {
		c.close()
	}
	g.fd = -1
	return removeGroup(g.dir)
}
