package doctor

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// askKernel tries what cannot be read.
func askKernel() probe {
	p := probe{uid: os.Geteuid(), pid: os.Getpid(), landlock: landlock(), calls: absentCalls(), writable: writable, room: room}
	p.namespaces = func() []string { return refusedNamespaces(p.uid) }
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		p.arch = unix.ByteSliceToString(name.Machine[:])
	}
	var set unix.CPUSet
	if unix.SchedGetaffinity(0, &set) == nil {
		p.processors = set.Count()
	}
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) == nil {
		p.openFiles = limit.Max // Go raises the soft limit to it
	}
	p.limited = hardLimits()
	var clock unix.Timex
	_, err := unix.Adjtimex(&clock)
	p.timeSynced = err == nil && clock.Status&unix.STA_UNSYNC == 0
	return p
}

func hardLimits() []string {
	var limited []string
	for name, resource := range map[string]int{"stack": unix.RLIMIT_STACK, "file size": unix.RLIMIT_FSIZE, "processor time": unix.RLIMIT_CPU} {
		var limit unix.Rlimit
		if unix.Getrlimit(resource, &limit) == nil && limit.Max != unix.RLIM_INFINITY {
			limited = append(limited, fmt.Sprintf("%s (%d)", name, limit.Max))
		}
	}
	slices.Sort(limited)
	return limited
}

func writable(path string) bool { return unix.Access(path, unix.W_OK) == nil }

func room(path string) (deemster.Bytes, int64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(path, &fs); err != nil {
		return 0, 0, err
	}
	files := int64(fs.Ffree)
	if fs.Files == 0 { // a file system that makes them as needed
		files = 1 << 40
	}
	return deemster.Bytes(fs.Bavail) * deemster.Bytes(fs.Bsize), files, nil
}

func landlock() int {
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(abi)
}

// absentCalls names the system calls that boxes need and this kernel, or a filter that we
// are under, does not have. Each is called with arguments that it can only refuse.
func absentCalls() []string {
	const none = ^uintptr(0)
	calls := []struct {
		name   string
		number uintptr
		args   [5]uintptr
	}{
		{"pidfd_open", unix.SYS_PIDFD_OPEN, [5]uintptr{none}},
		{"pidfd_send_signal", unix.SYS_PIDFD_SEND_SIGNAL, [5]uintptr{none}},
		{"clone3", unix.SYS_CLONE3, [5]uintptr{}}, // a size of 0
		{"openat2", unix.SYS_OPENAT2, [5]uintptr{none}},
		{"close_range", unix.SYS_CLOSE_RANGE, [5]uintptr{1, 0}}, // the last before the first
		{"open_tree", unix.SYS_OPEN_TREE, [5]uintptr{none}},
		{"move_mount", unix.SYS_MOVE_MOUNT, [5]uintptr{none, 0, none, 0}},
		{"mount_setattr", unix.SYS_MOUNT_SETATTR, [5]uintptr{none}},
		{"fsopen", unix.SYS_FSOPEN, [5]uintptr{}},
		{"fsconfig", unix.SYS_FSCONFIG, [5]uintptr{none}},
		{"fsmount", unix.SYS_FSMOUNT, [5]uintptr{none}},
	}
	var absent []string
	for _, c := range calls {
		_, _, errno := unix.Syscall6(c.number, c.args[0], c.args[1], c.args[2], c.args[3], c.args[4], 0)
		if errno == unix.ENOSYS {
			absent = append(absent, c.name)
		}
	}
	return absent
}

// namespaceKinds are those that a box is made of.
var namespaceKinds = []struct {
	name string
	flag uintptr
}{
	{"user", unix.CLONE_NEWUSER}, {"pid", unix.CLONE_NEWPID}, {"network", unix.CLONE_NEWNET}, {"mount", unix.CLONE_NEWNS},
	{"ipc", unix.CLONE_NEWIPC}, {"uts", unix.CLONE_NEWUTS}, {"cgroup", unix.CLONE_NEWCGROUP},
}

// refusedNamespaces starts a process in new namespaces of all kinds; when that fails, of
// one kind after the other. Who is not root makes the others out of a user namespace.
func refusedNamespaces(uid int) []string {
	var all uintptr
	for _, kind := range namespaceKinds {
		all |= kind.flag
	}
	if startIn(all) == nil {
		return nil
	}
	var refused []string
	for _, kind := range namespaceKinds {
		flags := kind.flag
		if uid != 0 {
			flags |= unix.CLONE_NEWUSER
		}
		if err := startIn(flags); err != nil {
			refused = append(refused, fmt.Sprintf("%s (%v)", kind.name, err))
		}
	}
	return refused
}

func startIn(flags uintptr) error {
	command := exec.Command("/bin/sh", "-c", ":")
	command.Env = []string{}
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: flags}
	err := command.Run()
	if errno, ok := err.(interface{ Unwrap() error }); ok {
		return errno.Unwrap() // without "fork/exec /bin/sh"
	}
	return err
}
