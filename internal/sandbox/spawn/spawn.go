// Package spawn starts one process in a box by vfork: the child shares the parent's
// memory until it has become another program, so that starting costs the same however
// large the parent is.
//
// Between fork and exec the child may only make raw system calls on values prepared
// before. Each step that can fail has a name ([Step]), so an error says which one it was.
package spawn

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Step is something the child does before it becomes another program.
type Step int32

// Every step, in order.
const (
	stepFork Step = iota
	StepDescriptors
	StepSession
	StepPidNamespace
	StepCgroupNamespace
	StepUserNamespace
	StepReap
	StepShow
	StepBounding
	StepGroups
	StepGroup
	StepUser
	StepCapabilities
	StepDirectory
	StepLimits
	StepDeathSignal
	StepNoNewPrivileges
	StepLandlock
	StepFilter
	StepExec
)

var stepNames = [...]string{
	"fork", "set up descriptors", "start a session", "choose the pid namespace",
	"enter a cgroup namespace", "enter the user namespace",
	"ignore the death of children", "show itself in /proc",
	"drop the capability bounding set", "drop groups", "set the group", "set the user",
	"drop capabilities", "change directory", "set limits", "set the death signal",
	"give up new privileges", "restrict access to files", "install the system call filter", "execute",
}

func (s Step) String() string { return stepNames[s] }

// Error says which step of starting a process failed.
type Error struct {
	Step  Step
	Errno unix.Errno
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Step, e.Errno.Error()) }

// Unwrap gives the errno.
func (e *Error) Unwrap() error { return e.Errno }

// Limit is one resource limit; soft and hard are the same.
type Limit struct {
	Resource int
	Value    uint64
}

// Child describes the process to start. Negative descriptors mean "none".
type Child struct {
	Path string // absolute, in the mount namespace of the calling thread
	File int    // executed instead of Path when not negative
	Args []string
	Env  []string
	Dir  string
	// Files become 0, 1, 2 and so on. Each must be at least as high as there are files.
	Files []int
	// PidNamespace is the one that the process's children will be born in. The process
	// itself is born in the one that children of the calling thread are born in.
	PidNamespace int
	// UserNamespace is entered before the identity changes.
	UserNamespace int
	ID            uint32 // user and group id, in that namespace
	// KeepID keeps user, group and capabilities as they are after the fork: for a process
	// that sleeps as the first of a pid namespace. The kernel reaps its children.
	KeepID bool
	// KeepGroups is for where the user namespace does not let anybody leave his groups.
	KeepGroups bool
	Limits     []Limit
	Landlock   int // a ruleset to live under
	Filter     []unix.SockFilter
	// Cgroup is the directory of a v2 cgroup to be born in. It is all that the child sees
	// of the control groups.
	Cgroup int
	Flags  uint64 // further clone flags: namespaces
}

// Process is a started process. Its number is one of the caller's pid namespace.
type Process struct {
	Pid   int
	Pidfd int
}

// Close gives the descriptor back.
func (p Process) Close() error { return unix.Close(p.Pidfd) }

// Kill sends SIGKILL to exactly this process.
func (p Process) Kill() error { return unix.PidfdSendSignal(p.Pidfd, unix.SIGKILL, nil, 0) }

// Ended tells whether the process has ended.
func (p Process) Ended() (bool, error) {
	fds := []unix.PollFd{{Fd: int32(p.Pidfd), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(fds, 0)
		if err != unix.EINTR {
			return n > 0, err
		}
	}
}

// Wait waits for the end and reaps.
func (p Process) Wait() (unix.WaitStatus, error) {
	var status unix.WaitStatus
	for {
		_, err := unix.Wait4(p.Pid, &status, unix.WALL, nil)
		if err != unix.EINTR {
			return status, err
		}
	}
}

// QuietChildren lets children end without a signal to this process: those who wait for
// them do so by descriptor or number, and the Go runtime has no use for it. A handler
// would cost every run two switches between threads.
func QuietChildren() {
	var standard struct{ handler, flags, restorer, mask uint64 } // the kernel's struct sigaction, SIG_DFL
	_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(unix.SIGCHLD), uintptr(unsafe.Pointer(&standard)), 0, 8, 0, 0)
}

// plan is a Child turned into what raw system calls take; or, of [OpenProc] and [Write],
// only what these need.
type plan struct {
	proc       *byte
	word       *word
	path, dir  *byte
	args, env  **byte
	file       int
	files      []int
	pidns      int
	userns     int
	landlock   int
	id         uint32
	keepID     bool
	ownCgroup  bool
	keepGroups bool
	limits     []rlimit
	filter     *unix.SockFprog
	lastCap    uintptr
	pidfd      int32 // of the child, for the parent
	step       Step  // where the child is; the parent reads it when errno is set
	errno      unix.Errno
	ignore     sigaction
	capHeader  unix.CapUserHeader
	capData    [2]unix.CapUserData
}

// sigaction is the kernel's struct sigaction for x86-64.
type sigaction struct{ handler, flags, restorer, mask uint64 }

// ignored is the handler SIG_IGN.
const ignored = 1

type rlimit struct {
	resource int
	value    unix.Rlimit
}

// LastCapability is the number of the kernel's last capability:
// /proc/sys/kernel/cap_last_cap.
type LastCapability uintptr

// Start starts the process and returns when it has become the other program. The
// calling goroutine must be locked to its thread if the thread is in namespaces or
// cgroups of its own, which the process inherits.
func (c *Child) Start(last LastCapability) (Process, error) {
	p, err := c.plan(last)
	if err != nil {
		return Process{}, err
	}
	args := new(cloneArgs) // all of it zero, the fields without a name too
	args.flags = unix.CLONE_VFORK | unix.CLONE_VM | unix.CLONE_PIDFD | unix.CLONE_CLEAR_SIGHAND | c.Flags
	args.pidfd = uint64(uintptr(unsafe.Pointer(&p.pidfd))) // in the heap: a stack may move
	args.exitSignal = uint64(unix.SIGCHLD)
	if c.Cgroup >= 0 {
		args.flags |= unix.CLONE_INTO_CGROUP
		args.cgroup = uint64(c.Cgroup)
	}
	pid, errno := fork(args, p)
	runtime.KeepAlive(c)
	runtime.KeepAlive(p)
	if errno != 0 {
		return Process{}, &Error{stepFork, errno}
	}
	process := Process{Pid: int(pid), Pidfd: int(p.pidfd)}
	if p.errno != 0 {
		_, _ = process.Wait()
		_ = process.Close()
		return Process{}, &Error{p.step, p.errno}
	}
	return process, nil
}

func (c *Child) plan(last LastCapability) (*plan, error) {
	p := &plan{
		file: c.File, files: c.Files, pidns: c.PidNamespace, userns: c.UserNamespace, landlock: c.Landlock, id: c.ID, keepID: c.KeepID,
		ownCgroup: c.Cgroup >= 0, keepGroups: c.KeepGroups, ignore: sigaction{handler: ignored},
		lastCap: uintptr(last), capHeader: unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3},
	}
	var err error
	if p.path, err = unix.BytePtrFromString(c.Path); err != nil {
		return nil, fmt.Errorf("spawn: path: %w", err)
	}
	if c.Dir != "" {
		if p.dir, err = unix.BytePtrFromString(c.Dir); err != nil {
			return nil, fmt.Errorf("spawn: directory: %w", err)
		}
	}
	if p.args, err = pointers(c.Args); err != nil {
		return nil, fmt.Errorf("spawn: arguments: %w", err)
	}
	if p.env, err = pointers(c.Env); err != nil {
		return nil, fmt.Errorf("spawn: environment: %w", err)
	}
	for _, l := range c.Limits {
		p.limits = append(p.limits, rlimit{l.Resource, unix.Rlimit{Cur: l.Value, Max: l.Value}})
	}
	if len(c.Filter) > 0 {
		p.filter = &unix.SockFprog{Len: uint16(len(c.Filter)), Filter: &c.Filter[0]}
	}
	for i, fd := range c.Files {
		if fd < len(c.Files) {
			return nil, fmt.Errorf("spawn: descriptor %d cannot become %d", fd, i)
		}
	}
	return p, nil
}

// pointers makes a null-terminated array of C strings.
func pointers(list []string) (**byte, error) {
	array := make([]*byte, len(list)+1)
	for i, s := range list {
		p, err := unix.BytePtrFromString(s)
		if err != nil {
			return nil, err
		}
		array[i] = p
	}
	return &array[0], nil
}
