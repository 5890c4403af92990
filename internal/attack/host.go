package attack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// firstBoxID begins the range of user ids on the host that boxes are given, up to
// lastBoxID: systemd's "UIDs and GIDs" leaves it free, and nothing else owns a file or a
// key by them.
const (
	firstBoxID = 1879048192
	lastBoxID  = 2147483647
)

// Host is what is looked at to see whether a run left anything or changed anything. It
// takes notice of what belongs to this process and to boxes only: other programs of the
// machine come and go.
type Host struct {
	// Dirs are watched with all that is in them: no file may come, go or change.
	Dirs []string
	// Open are directories that others use too: nothing in them may belong to a box.
	Open []string
	// Alone says that this process has mount, network and IPC namespaces of its own.
	// Then whatever changes in those comes from a run.
	Alone bool

	mounts string // the namespace this process is in
}

// Snapshot is what was seen, by kind.
type Snapshot map[string][]string

// settings are the host's own, as files in /proc/sys.
var settings = []string{
	"kernel/hostname", "kernel/domainname", "kernel/core_pattern", "kernel/core_uses_pid", "kernel/modprobe",
	"kernel/randomize_va_space", "kernel/pid_max", "kernel/threads-max", "kernel/panic", "kernel/panic_on_oops",
	"kernel/printk", "kernel/sysrq", "kernel/dmesg_restrict", "kernel/kptr_restrict", "kernel/shmmax",
	"kernel/shmall", "kernel/msgmni", "kernel/unprivileged_bpf_disabled", "kernel/yama/ptrace_scope",
	"fs/suid_dumpable", "fs/protected_hardlinks", "fs/protected_symlinks", "fs/file-max", "fs/nr_open",
	"fs/pipe-max-size", "fs/inotify/max_user_watches", "fs/mqueue/queues_max", "vm/overcommit_memory",
	"vm/drop_caches", "vm/swappiness", "vm/panic_on_oom", "vm/mmap_min_addr", "net/ipv4/ip_forward",
	"user/max_user_namespaces",
}

// NewHost is the host as the calling process sees it.
func NewHost(dirs, open []string, alone bool) (*Host, error) {
	mounts, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return nil, fmt.Errorf("attack: %w", err)
	}
	return &Host{Dirs: dirs, Open: open, Alone: alone, mounts: mounts}, nil
}

// Look takes a snapshot.
func (h *Host) Look() (Snapshot, error) {
	looks := map[string]func() ([]string, error){
		"process":    ownProcesses,
		"thread":     h.strayThreads,
		"group":      ownGroups,
		"IPC object": ipcObjects,
		"key":        ownKeys,
		"descriptor": descriptors,
		"file":       h.files,
		"setting":    hostSettings,
		"swap":       lines("/proc/swaps"),
		"log line":   logLines,
	}
	if h.Alone {
		looks["mount"] = lines("/proc/self/mountinfo")
		looks["packets"] = packets
		looks["socket"] = socketNames
	}
	s := Snapshot{}
	for kind, look := range looks {
		found, err := look()
		if err != nil {
			return nil, fmt.Errorf("attack: look for %s: %w", kind, err)
		}
		slices.Sort(found)
		s[kind] = found
	}
	return s, nil
}

// Changes tells what is in after and not in before, and the other way round.
func (before Snapshot) Changes(after Snapshot) []string {
	var changes []string
	for kind, now := range after {
		for _, x := range minus(now, before[kind]) {
			changes = append(changes, fmt.Sprintf("%s left: %s", kind, x))
		}
		for _, x := range minus(before[kind], now) {
			changes = append(changes, fmt.Sprintf("%s gone: %s", kind, x))
		}
	}
	slices.Sort(changes)
	return changes
}

// minus is a without what is in b, as often as it is there.
func minus(a, b []string) []string {
	count := map[string]int{}
	for _, x := range b {
		count[x]++
	}
	var rest []string
	for _, x := range a {
		if count[x]--; count[x] < 0 {
			rest = append(rest, x)
		}
	}
	return rest
}

// ownProcesses are the descendants of this process, the dead that wait too, and whatever
// is in its control groups.
func ownProcesses() ([]string, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	parents, names := map[int]int{}, map[int]string{}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile(filepath.Join("/proc", e.Name(), "stat"))
		if err != nil {
			continue // gone meanwhile
		}
		// pid (name) state parent …, and the name may hold anything.
		end := strings.LastIndexByte(string(stat), ')')
		fields := strings.Fields(string(stat[end+1:]))
		if end < 0 || len(fields) < 2 {
			continue
		}
		names[pid] = fmt.Sprintf("%d %s %s", pid, stat[strings.IndexByte(string(stat), '('):end+1], fields[0])
		parents[pid], _ = strconv.Atoi(fields[1])
	}
	ours := []string{}
	for pid := range names {
		if descends(pid, parents) || pid != os.Getpid() && inOwnGroup(pid) {
			ours = append(ours, names[pid])
		}
	}
	return ours, nil
}

func descends(pid int, parents map[int]int) bool {
	for range 100 { // parents are read one by one, so that they could form a ring
		if pid = parents[pid]; pid == os.Getpid() {
			return true
		}
		if pid <= 1 {
			return false
		}
	}
	return false
}

// groupPrefix begins the names of the control groups that hold this process's boxes.
func groupPrefix() string { return fmt.Sprintf("deemster-box-%d-", os.Getpid()) }

func inOwnGroup(pid int) bool {
	groups, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", pid))
	return err == nil && strings.Contains(string(groups), groupPrefix())
}

// strayThreads are those of this process that are in other namespaces than itself: of
// boxes that are gone.
func (h *Host) strayThreads() ([]string, error) {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return nil, err
	}
	var stray []string
	for _, task := range tasks {
		link, err := os.Readlink(filepath.Join("/proc/self/task", task.Name(), "ns/mnt"))
		if err == nil && link != h.mounts {
			stray = append(stray, task.Name())
		}
	}
	return stray, nil
}

// ownGroups are the control groups that hold this process's boxes.
func ownGroups() ([]string, error) {
	return groups(func(path string) bool { return strings.Contains(path, groupPrefix()) })
}

// groups are those control groups of any executor whose path is wanted.
func groups(wanted func(path string) bool) ([]string, error) {
	var found []string
	err := filepath.WalkDir("/sys/fs/cgroup", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.Contains(path, "/deemster-box-") && wanted(path) {
			found = append(found, path)
		}
		return nil // what is gone meanwhile is no matter
	})
	return found, err
}

func ipcObjects() ([]string, error) {
	var objects []string
	for _, kind := range []string{"shm", "sem", "msg"} {
		text, err := os.ReadFile("/proc/sysvipc/" + kind)
		if errors.Is(err, fs.ErrNotExist) { // a kernel without
			continue
		}
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			if fields := strings.Fields(line); i > 0 && len(fields) > 1 {
				objects = append(objects, kind+" "+fields[0]+" "+fields[1])
			}
		}
	}
	queues, _ := os.ReadDir("/dev/mqueue")
	for _, q := range queues {
		objects = append(objects, "queue "+q.Name())
	}
	return objects, nil
}

// ownKeys are the keys of boxes. Executors share the users that boxes run as: while
// another has boxes, nobody can tell whose a key is.
func ownKeys() ([]string, error) {
	if others, err := groups(func(path string) bool { return !strings.Contains(path, groupPrefix()) }); err != nil || len(others) > 0 {
		return nil, err
	}
	return boxKeys()
}

// boxKeys are the kernel's counts of keys for the users that boxes run as.
func boxKeys() ([]string, error) {
	text, err := os.ReadFile("/proc/key-users")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var keys []string
	for line := range strings.Lines(string(text)) {
		user, _, _ := strings.Cut(line, ":")
		if id, err := strconv.ParseInt(strings.TrimSpace(user), 10, 64); err == nil && isBoxID(id) {
			keys = append(keys, strings.TrimSpace(line))
		}
	}
	return keys, err
}

func isBoxID(id int64) bool { return id >= firstBoxID && id <= lastBoxID }

// descriptors are what this process holds open, without the numbers of pipes and sockets.
func descriptors() ([]string, error) {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil, err
	}
	var open []string
	for _, e := range entries {
		target, err := os.Readlink("/proc/self/fd/" + e.Name())
		if err != nil || strings.HasSuffix(target, "/fd") { // the directory that is being read
			continue
		}
		kind, _, _ := strings.Cut(target, ":[")
		open = append(open, kind)
	}
	return open, nil
}

// files tells every file in the watched directories with what can show a change, and what
// belongs to a box in the open ones.
func (h *Host) files() ([]string, error) {
	var found []string
	for _, dir := range h.Dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			changed := info.Sys().(*syscall.Stat_t).Ctim
			found = append(found, fmt.Sprintf("%s %v %d %d.%09d", path, info.Mode(), info.Size(), changed.Sec, changed.Nsec))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, dir := range h.Open {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil {
				continue // gone meanwhile
			}
			if isBoxID(int64(info.Sys().(*syscall.Stat_t).Uid)) {
				found = append(found, filepath.Join(dir, e.Name()))
			}
		}
	}
	return found, nil
}

// hostSettings are the host's settings, and how far its clock is from the time since boot.
func hostSettings() ([]string, error) {
	var found []string
	for _, name := range settings {
		value, err := os.ReadFile("/proc/sys/" + name)
		if err == nil { // not every kernel has all
			found = append(found, name+" = "+strings.Join(strings.Fields(string(value)), " "))
		}
	}
	var now, since unix.Timespec
	if err := errors.Join(unix.ClockGettime(unix.CLOCK_REALTIME, &now), unix.ClockGettime(unix.CLOCK_MONOTONIC, &since)); err != nil {
		return nil, err
	}
	// In units of ten minutes: the clock is corrected all the time, and no attacker stops there.
	const unit = 600_000_000_000
	return append(found, fmt.Sprintf("clock %d", (now.Nano()-since.Nano()+unit/2)/unit)), nil
}

// logMark is what attacks on the host's logs write.
const logMark = "deemster-attack-log"

// logLines are the lines of the kernel's log with the mark.
func logLines() ([]string, error) {
	const readAll = 3 // SYSLOG_ACTION_READ_ALL
	log := make([]byte, 1<<20)
	n, err := unix.Klogctl(readAll, log)
	if err != nil { // not for everybody to read
		return nil, nil
	}
	var marked []string
	for line := range strings.Lines(string(log[:n])) {
		if strings.Contains(line, logMark) {
			marked = append(marked, strings.TrimSpace(line))
		}
	}
	return marked, nil
}

func lines(path string) func() ([]string, error) {
	return func() ([]string, error) {
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return strings.Split(strings.TrimSpace(string(text)), "\n"), err
	}
}

// packets are the counters of every network interface.
func packets() ([]string, error) { return lines("/proc/self/net/dev")() }

// socketNames are the unix sockets that have a name.
func socketNames() ([]string, error) {
	text, err := os.ReadFile("/proc/self/net/unix")
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 8 {
			names = append(names, fields[7])
		}
	}
	return names, nil
}
