package cgroup

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// controllersV1 are the hierarchies that a box uses, each mounted by itself.
var controllersV1 = []string{"memory", "pids", "cpuacct"}

type v1 struct {
	bases map[string]base // by controller
	swap  bool            // the kernel counts swap
}

func openV1(own map[string]string) (Hierarchy, error) {
	h := &v1{bases: map[string]base{}}
	for _, controller := range controllersV1 {
		group, ok := own[controller]
		if !ok {
			_ = h.Close()
			return nil, fmt.Errorf("cgroup: the %s controller is missing: boot with cgroup v2, or enable it", controller)
		}
		parent := filepath.Join(Root, controller, group)
		if _, err := os.Stat(parent); err != nil {
			parent = filepath.Join(Root, controller) // a container that sees only its own part
		}
		b, err := newBase(parent)
		if err != nil {
			_ = h.Close()
			return nil, fmt.Errorf("%w (the executor must be root to use cgroup v1)", err)
		}
		h.bases[controller] = b
	}
	_, err := os.Stat(filepath.Join(h.bases["memory"].dir, "memory.memsw.limit_in_bytes"))
	h.swap = err == nil
	return h, nil
}

func (h *v1) Version() int { return 1 }

func (h *v1) Close() error {
	var errs []error
	for _, b := range h.bases {
		errs = append(errs, b.close())
	}
	return errors.Join(errs...)
}

// groupV1 is one directory in each hierarchy.
type groupV1 struct {
	memory
	dirs     []string
	tasks    []control
	swap     bool
	limit    control // memory.limit_in_bytes
	swapped  control // memory.memsw.limit_in_bytes, when the kernel counts swap
	pidsMax  control
	pidsNow  control
	pids     control // the directory in the pids hierarchy
	cpu      control
	resident []int
	now      struct{ memory, pids int64 } // limits as they are set
	before   struct{ cpu, pids int64 }
}

func (h *v1) NewGroup(name string) (_ Group, err error) {
	g := &groupV1{swap: h.swap}
	g.now.memory, g.now.pids = math.MaxInt64, math.MaxInt64
	defer func() {
		if err != nil {
			_ = g.Close()
		}
	}()
	dir := map[string]string{}
	for _, controller := range controllersV1 {
		dir[controller] = filepath.Join(h.bases[controller].dir, name)
		if err := os.Mkdir(dir[controller], 0o755); err != nil {
			return nil, fmt.Errorf("cgroup: %w", err)
		}
		g.dirs = append(g.dirs, dir[controller])
		tasks, err := openControl(dir[controller], "tasks", unix.O_WRONLY)
		if err != nil {
			return nil, err
		}
		g.tasks = append(g.tasks, tasks)
	}
	files := []struct {
		to         *control
		controller string
		name       string
		flags      int
	}{
		{&g.limit, "memory", "memory.limit_in_bytes", unix.O_WRONLY},
		{&g.usage, "memory", "memory.usage_in_bytes", unix.O_RDONLY},
		{&g.peak, "memory", "memory.max_usage_in_bytes", unix.O_RDWR},
		{&g.kills, "memory", "memory.oom_control", unix.O_RDONLY},
		{&g.pidsMax, "pids", "pids.max", unix.O_WRONLY},
		{&g.pidsNow, "pids", "pids.current", unix.O_RDONLY},
		{&g.pids, "pids", ".", unix.O_PATH | unix.O_DIRECTORY},
		{&g.cpu, "cpuacct", "cpuacct.usage", unix.O_RDONLY},
	}
	if g.swap {
		files = append(files, struct {
			to         *control
			controller string
			name       string
			flags      int
		}{&g.swapped, "memory", "memory.memsw.limit_in_bytes", unix.O_WRONLY})
	}
	for _, f := range files {
		if *f.to, err = openControl(dir[f.controller], f.name, f.flags); err != nil {
			return nil, err
		}
	}
	_ = os.WriteFile(filepath.Join(dir["memory"], "memory.swappiness"), []byte("0"), 0)
	return g, nil
}

func (g *groupV1) Fd() int { return -1 }

func (g *groupV1) Lasting() bool { return true }

// Rebase also forgets who lives here.
func (g *groupV1) Rebase() {
	g.memory.Rebase()
	g.resident = nil
}

func (g *groupV1) Join() error {
	tid := strconv.Itoa(unix.Gettid())
	for i, tasks := range g.tasks {
		if _, err := unix.Pwrite(tasks.fd, []byte(tid), 0); err != nil {
			return fmt.Errorf("cgroup: join %s: %w", g.dirs[i], err)
		}
	}
	return nil
}

func (g *groupV1) Begin(limit deemster.Bytes, processes int) error {
	var err error
	if g.resident == nil {
		if g.resident, err = g.list(); err != nil {
			return err
		}
	}
	if err := g.begin(); err != nil {
		return err
	}
	if err := g.limitMemory(int64(limit) + g.idle); err != nil {
		return fmt.Errorf("cgroup: memory limit: %w", err)
	}
	if g.before.pids, err = g.pidsNow.number(); err != nil {
		return fmt.Errorf("cgroup: processes: %w", err)
	}
	if err := g.limitProcesses(g.before.pids + int64(processes)); err != nil {
		return err
	}
	if err := g.peak.write(0); err != nil {
		return fmt.Errorf("cgroup: reset the memory peak: %w", err)
	}
	if g.before.cpu, err = g.cpu.number(); err != nil {
		return fmt.Errorf("cgroup: processor time: %w", err)
	}
	return nil
}

// limitMemory sets the limit of memory, and of memory and swap together. The second may
// never be below the first, so which goes first depends on the direction.
func (g *groupV1) limitMemory(limit int64) error {
	if limit == g.now.memory {
		return nil
	}
	first, second := g.limit, g.swapped
	if limit > g.now.memory {
		first, second = second, first
	}
	for _, c := range []control{first, second} {
		if !g.swap && c == g.swapped {
			continue
		}
		if err := c.write(limit); err != nil {
			return err
		}
	}
	g.now.memory = limit
	return nil
}

func (g *groupV1) limitProcesses(limit int64) error {
	if limit == g.now.pids {
		return nil
	}
	if err := g.pidsMax.write(limit); err != nil {
		return fmt.Errorf("cgroup: limit processes: %w", err)
	}
	g.now.pids = limit
	return nil
}

func (g *groupV1) CPU() (time.Duration, error) {
	now, err := g.cpu.number()
	if err != nil {
		return 0, fmt.Errorf("cgroup: processor time: %w", err)
	}
	return time.Duration(now - g.before.cpu), nil
}

func (g *groupV1) Usage() (u Usage, err error) {
	if u.CPU, err = g.CPU(); err != nil {
		return u, err
	}
	err = g.used(&u)
	return u, err
}

func (g *groupV1) Processes() (int, error) {
	now, err := g.pidsNow.number()
	if err != nil {
		return 0, fmt.Errorf("cgroup: processes: %w", err)
	}
	return int(now), nil
}

func (g *groupV1) Leftover() (bool, error) {
	now, err := g.pidsNow.number()
	if err != nil {
		return false, fmt.Errorf("cgroup: processes: %w", err)
	}
	return now > g.before.pids, nil
}

// Kill first forbids forking, so that the list of processes can only shrink.
func (g *groupV1) Kill() error {
	allowed := g.now.pids
	if err := g.limitProcesses(0); err != nil {
		return err
	}
	if err := killAll(g.list); err != nil {
		return fmt.Errorf("cgroup: kill: %w", err)
	}
	return g.limitProcesses(allowed)
}

// list reads which processes are in the group, without the resident ones and our own.
// The file is opened anew: the kernel answers an open one from what it first read. It is
// opened from its directory, because the calling thread may not see the path.
func (g *groupV1) list() ([]int, error) {
	fd, err := unix.Openat(g.pids.fd, "cgroup.procs", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("cgroup: processes: %w", err)
	}
	file := os.NewFile(uintptr(fd), "cgroup.procs")
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("cgroup: processes: %w", err)
	}
	pids := []int{}
	for field := range strings.FieldsSeq(string(text)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			return nil, fmt.Errorf("cgroup: processes: %w", err)
		}
		if pid > 0 && pid != os.Getpid() && !slices.Contains(g.resident, pid) {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}

func (g *groupV1) Close() error {
	for _, c := range append(g.tasks, g.limit, g.swapped, g.usage, g.peak, g.kills, g.pidsMax, g.pidsNow, g.pids, g.cpu) {
		c.close()
	}
	var errs []error
	for _, dir := range g.dirs {
		errs = append(errs, removeGroup(dir))
	}
	return errors.Join(errs...)
}
