package spawn

import (
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// cloneArgs is the kernel's struct clone_args (clone3(2)).
type cloneArgs struct {
	flags      uint64
	pidfd      uint64
	_, _       uint64 // child_tid, parent_tid
	exitSignal uint64
	_, _       uint64 // stack, stack_size
	_          uint64 // tls
	_, _       uint64 // set_tid, set_tid_size
	cgroup     uint64
}

//go:linkname runtimeBeforeFork syscall.runtime_BeforeFork
func runtimeBeforeFork()

//go:linkname runtimeAfterFork syscall.runtime_AfterFork
func runtimeAfterFork()

//go:linkname runtimeAfterForkInChild syscall.runtime_AfterForkInChild
func runtimeAfterForkInChild()

// vfork3 makes the clone3 system call. It keeps its return address in a register,
// because the child returns first and overwrites the stack that it shares.
//
//go:noescape
func vfork3(args *cloneArgs, size uintptr) (pid uintptr, errno syscall.Errno)

// fork forks, and in the child follows the plan; it returns in the parent only. It must
// not be inlined, because the child must not return into the caller's frame, and must not
// grow the stack, because the parent uses the same.
//
//go:noinline
//go:norace
//go:nocheckptr
func fork(args *cloneArgs, p *plan) (pid uintptr, errno syscall.Errno) {
	syscall.ForkLock.Lock()
	runtimeBeforeFork()
	pid, errno = vfork3(args, unsafe.Sizeof(*args))
	if errno != 0 || pid != 0 {
		runtimeAfterFork()
		syscall.ForkLock.Unlock()
		return pid, errno
	}
	runtimeAfterForkInChild()
	switch {
	case p.proc != nil:
		p.errno = openProc(p)
	case p.word != nil:
		p.errno = write(p.word)
	default:
		p.errno = follow(p)
	}
	for {
		_, _, _ = syscall.RawSyscall(unix.SYS_EXIT, 127, 0, 0)
	}
}

// follow carries out the plan in the child. It returns only when a step fails, and
// leaves that step in the plan, which the parent sees: the memory is shared.
//
//go:noinline
//go:norace
//go:nosplit
//go:nocheckptr
func follow(p *plan) (errno syscall.Errno) {
	p.step = StepDescriptors
	for i := 0; i < len(p.files); i++ {
		if _, _, errno = syscall.RawSyscall(unix.SYS_DUP3, uintptr(p.files[i]), uintptr(i), 0); errno != 0 {
			return errno
		}
	}
	if _, _, errno = syscall.RawSyscall(unix.SYS_CLOSE_RANGE, uintptr(len(p.files)), ^uintptr(0)>>33, unix.CLOSE_RANGE_CLOEXEC); errno != 0 {
		return errno
	}
	p.step = StepSession
	if _, _, errno = syscall.RawSyscall(unix.SYS_SETSID, 0, 0, 0); errno != 0 {
		return errno
	}
	if p.pidns >= 0 {
		p.step = StepPidNamespace
		if _, _, errno = syscall.RawSyscall(unix.SYS_SETNS, uintptr(p.pidns), unix.CLONE_NEWPID, 0); errno != 0 {
			return errno
		}
	}
	if p.ownCgroup {
		p.step = StepCgroupNamespace
		if _, _, errno = syscall.RawSyscall(unix.SYS_UNSHARE, unix.CLONE_NEWCGROUP, 0, 0); errno != 0 {
			return errno
		}
	}
	if errno = becomeNobody(p); errno != 0 {
		return errno
	}
	if p.dir != nil {
		p.step = StepDirectory
		if _, _, errno = syscall.RawSyscall(unix.SYS_CHDIR, uintptr(unsafe.Pointer(p.dir)), 0, 0); errno != 0 {
			return errno
		}
	}
	p.step = StepLimits
	for i := 0; i < len(p.limits); i++ {
		l := &p.limits[i]
		if _, _, errno = syscall.RawSyscall6(unix.SYS_PRLIMIT64, 0, uintptr(l.resource), uintptr(unsafe.Pointer(&l.value)), 0, 0, 0); errno != 0 {
			return errno
		}
	}
	p.step = StepDeathSignal // after the identity has changed: that would clear it
	if _, _, errno = syscall.RawSyscall6(unix.SYS_PRCTL, unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0, 0); errno != 0 {
		return errno
	}
	p.step = StepNoNewPrivileges
	if _, _, errno = syscall.RawSyscall6(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0); errno != 0 {
		return errno
	}
	if p.landlock >= 0 {
		p.step = StepLandlock
		if _, _, errno = syscall.RawSyscall(unix.SYS_LANDLOCK_RESTRICT_SELF, uintptr(p.landlock), 0, 0); errno != 0 {
			return errno
		}
	}
	if p.filter != nil {
		p.step = StepFilter
		if _, _, errno = syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(p.filter))); errno != 0 {
			return errno
		}
	}
	p.step = StepExec
	if p.file >= 0 {
		empty := byte(0)
		_, _, errno = syscall.RawSyscall6(unix.SYS_EXECVEAT, uintptr(p.file), uintptr(unsafe.Pointer(&empty)), uintptr(unsafe.Pointer(p.args)), uintptr(unsafe.Pointer(p.env)), unix.AT_EMPTY_PATH, 0)
		return errno
	}
	_, _, errno = syscall.RawSyscall(unix.SYS_EXECVE, uintptr(unsafe.Pointer(p.path)), uintptr(unsafe.Pointer(p.args)), uintptr(unsafe.Pointer(p.env)))
	return errno
}

// becomeNobody enters the user namespace and takes the prisoner's identity: an ordinary
// user of that namespace, no groups, no capabilities, and none to be had.
//
//go:noinline
//go:norace
//go:nosplit
//go:nocheckptr
func becomeNobody(p *plan) (errno syscall.Errno) {
	if p.userns >= 0 {
		p.step = StepUserNamespace
		if _, _, errno = syscall.RawSyscall(unix.SYS_SETNS, uintptr(p.userns), unix.CLONE_NEWUSER, 0); errno != 0 {
			return errno
		}
	}
	if p.keepID {
		return becomeFirst(p)
	}
	p.step = StepBounding
	for c := uintptr(0); c <= p.lastCap; c++ {
		if _, _, errno = syscall.RawSyscall6(unix.SYS_PRCTL, unix.PR_CAPBSET_DROP, c, 0, 0, 0, 0); errno != 0 {
			return errno
		}
	}
	if !p.keepGroups {
		p.step = StepGroups
		if _, _, errno = syscall.RawSyscall(unix.SYS_SETGROUPS, 0, 0, 0); errno != 0 {
			return errno
		}
	}
	p.step = StepGroup
	if _, _, errno = syscall.RawSyscall(unix.SYS_SETRESGID, uintptr(p.id), uintptr(p.id), uintptr(p.id)); errno != 0 {
		return errno
	}
	p.step = StepUser
	if _, _, errno = syscall.RawSyscall(unix.SYS_SETRESUID, uintptr(p.id), uintptr(p.id), uintptr(p.id)); errno != 0 {
		return errno
	}
	p.step = StepCapabilities
	_, _, errno = syscall.RawSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&p.capHeader)), uintptr(unsafe.Pointer(&p.capData[0])), 0)
	return errno
}

// Write writes to the beginning of an open file from a child of the calling thread: what a write to some
// of the kernel's files means depends on the namespace of who writes.
func Write(file int, text string) error {
	return (&plan{word: &word{file: uintptr(file), text: cString(text), size: uintptr(len(text))}}).inChild(0)
}

// inChild carries out, in a child that ends with it, something other than to become
// another program. Further clone flags say what it shares.
func (p *plan) inChild(flags uint64) error {
	args := new(cloneArgs) // all of it zero, the fields without a name too
	args.flags = unix.CLONE_VFORK | unix.CLONE_VM | unix.CLONE_CLEAR_SIGHAND | flags
	args.exitSignal = uint64(unix.SIGCHLD)
	pid, errno := fork(args, p)
	runtime.KeepAlive(p)
	if errno != 0 {
		return &Error{stepFork, errno}
	}
	if _, err := (Process{Pid: int(pid)}).Wait(); err != nil {
		return err
	}
	if p.errno != 0 {
		return p.errno
	}
	return nil
}

// word is what write takes.
type word struct {
	file, size uintptr
	text       *byte
}

// write writes, in the child.
//
//go:noinline
//go:norace
//go:nosplit
//go:nocheckptr
func write(w *word) (errno syscall.Errno) {
	_, _, errno = syscall.RawSyscall6(unix.SYS_PWRITE64, w.file, uintptr(unsafe.Pointer(w.text)), w.size, 0, 0, 0)
	return errno
}

// becomeFirst prepares a process that only sleeps, with what it cannot do itself soon
// enough: its parent sees it at once, and whatever ends in its pid namespace is its child.
//
//go:noinline
//go:norace
//go:nosplit
//go:nocheckptr
func becomeFirst(p *plan) (errno syscall.Errno) {
	p.step = StepReap
	if _, _, errno = syscall.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(unix.SIGCHLD), uintptr(unsafe.Pointer(&p.ignore)), 0, 8, 0, 0); errno != 0 {
		return errno
	}
	// When a child has changed its user, the kernel hides the memory that it shared with us,
	// and then what it shows of our next child in /proc belongs to the machine's root.
	p.step = StepShow
	_, _, errno = syscall.RawSyscall6(unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, 1, 0, 0, 0, 0)
	return errno
}

// OpenProc begins to mount a /proc that shows the pid namespace which children of the
// calling thread are born in, and gives the descriptor that fsopen gives. It is done by a
// child, because the kernel shows in a new /proc the namespace of the process that asks.
func OpenProc() (int, error) {
	p := &plan{proc: cString("proc")}
	err := p.inChild(unix.CLONE_FILES)
	return p.file, err
}

// openProc opens, in the child.
//
//go:noinline
//go:norace
//go:nosplit
//go:nocheckptr
func openProc(p *plan) (errno syscall.Errno) {
	fd, _, errno := syscall.RawSyscall(unix.SYS_FSOPEN, uintptr(unsafe.Pointer(p.proc)), unix.FSOPEN_CLOEXEC, 0)
	p.file = int(fd)
	return errno
}

func cString(s string) *byte {
	b := append([]byte(s), 0)
	return &b[0]
}
