package seccomp

import (
	"maps"
	"math"

	"golang.org/x/sys/unix"
)

// Commands of ioctl, from the kernel's asm-generic/ioctls.h.
const (
	fionread = 0x541b
	fionbio  = 0x5421
	fionclex = 0x5450
	fioclex  = 0x5451
)

// compileTable allows what compilers need.
func compileTable() table {
	t := common()
	t.give(allow, compilers)
	// A compiler locks against another that builds in the same place. There is none: it
	// is told that it has the lock.
	t.answers[unix.SYS_FLOCK] = fail(0)
	t.rules[unix.SYS_FCNTL] = fcntl(fail(0))
	return t
}

// runTable allows what contestants' programs and the runtimes of their languages need.
func runTable() table {
	t := common()
	t.give(fail(unix.EPERM), []uint32{unix.SYS_STATFS, unix.SYS_FSTATFS})
	t.answers[unix.SYS_FLOCK] = fail(unix.ENOLCK)
	t.rules[unix.SYS_FCNTL] = fcntl(fail(unix.ENOLCK))
	return t
}

func common() table {
	t := table{answers: map[uint32]uint32{}, rules: maps.Clone(rules)}
	t.give(allow, allowed)
	t.give(fail(0), pretended)
	t.give(fail(unix.EPERM), forbidden)
	t.give(fail(unix.EOPNOTSUPP), attributes)
	t.give(kill, hostile)
	return t
}

func (t *table) give(answer uint32, numbers []uint32) {
	for _, n := range numbers {
		t.answers[n] = answer
	}
}

// allowed is what compilers, language runtimes and contestants' programs need.
var allowed = []uint32{
	// Files. What can be reached is decided by the mount namespace.
	unix.SYS_READ, unix.SYS_WRITE, unix.SYS_OPEN, unix.SYS_CLOSE, unix.SYS_STAT, unix.SYS_FSTAT,
	unix.SYS_LSTAT, unix.SYS_POLL, unix.SYS_LSEEK, unix.SYS_PREAD64,
	unix.SYS_PWRITE64, unix.SYS_READV, unix.SYS_WRITEV, unix.SYS_ACCESS, unix.SYS_PIPE,
	unix.SYS_SELECT, unix.SYS_DUP, unix.SYS_DUP2, unix.SYS_SENDFILE,
	unix.SYS_TRUNCATE, unix.SYS_FTRUNCATE,
	unix.SYS_GETDENTS, unix.SYS_GETCWD, unix.SYS_CHDIR, unix.SYS_FCHDIR, unix.SYS_RENAME,
	unix.SYS_MKDIR, unix.SYS_RMDIR, unix.SYS_CREAT, unix.SYS_LINK, unix.SYS_UNLINK,
	unix.SYS_SYMLINK, unix.SYS_READLINK, unix.SYS_CHMOD, unix.SYS_FCHMOD,
	unix.SYS_UMASK, unix.SYS_UTIME, unix.SYS_GETDENTS64,
	unix.SYS_UTIMES, unix.SYS_OPENAT, unix.SYS_MKDIRAT, unix.SYS_FUTIMESAT,
	unix.SYS_NEWFSTATAT, unix.SYS_UNLINKAT, unix.SYS_RENAMEAT, unix.SYS_LINKAT,
	unix.SYS_SYMLINKAT, unix.SYS_READLINKAT, unix.SYS_FCHMODAT, unix.SYS_FACCESSAT,
	unix.SYS_PSELECT6, unix.SYS_PPOLL,
	unix.SYS_UTIMENSAT, unix.SYS_FALLOCATE, unix.SYS_DUP3, unix.SYS_PIPE2, unix.SYS_PREADV,
	unix.SYS_PWRITEV, unix.SYS_RENAMEAT2, unix.SYS_COPY_FILE_RANGE,
	unix.SYS_STATX, unix.SYS_CLOSE_RANGE,
	unix.SYS_FACCESSAT2, unix.SYS_FCHMODAT2,
	// Waiting for descriptors.
	unix.SYS_EPOLL_CREATE, unix.SYS_EPOLL_WAIT, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT,
	unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_PWAIT2, unix.SYS_EVENTFD, unix.SYS_EVENTFD2,
	unix.SYS_SIGNALFD, unix.SYS_SIGNALFD4, unix.SYS_TIMERFD_CREATE, unix.SYS_TIMERFD_SETTIME,
	unix.SYS_TIMERFD_GETTIME,
	// Memory.
	unix.SYS_MMAP, unix.SYS_MPROTECT, unix.SYS_MUNMAP, unix.SYS_BRK, unix.SYS_MREMAP,
	unix.SYS_MEMFD_CREATE, unix.SYS_MEMBARRIER, unix.SYS_PKEY_MPROTECT, unix.SYS_PKEY_ALLOC,
	unix.SYS_PKEY_FREE, unix.SYS_GET_MEMPOLICY, // JVM and libnuma look, and may not set
	// Processes, threads and signals: of the box's own pid namespace.
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_RT_SIGPENDING,
	unix.SYS_RT_SIGTIMEDWAIT, unix.SYS_RT_SIGQUEUEINFO, unix.SYS_RT_SIGSUSPEND,
	unix.SYS_RT_TGSIGQUEUEINFO, unix.SYS_SIGALTSTACK, unix.SYS_PAUSE, unix.SYS_ALARM,
	unix.SYS_GETITIMER, unix.SYS_SETITIMER, unix.SYS_GETPID, unix.SYS_FORK, unix.SYS_VFORK,
	unix.SYS_EXECVE, unix.SYS_EXECVEAT, unix.SYS_EXIT, unix.SYS_EXIT_GROUP, unix.SYS_WAIT4,
	unix.SYS_WAITID, unix.SYS_KILL, unix.SYS_TKILL, unix.SYS_TGKILL, unix.SYS_GETTID,
	unix.SYS_GETPPID, unix.SYS_GETPGRP, unix.SYS_GETPGID, unix.SYS_SETPGID, unix.SYS_SETSID,
	unix.SYS_GETSID, unix.SYS_ARCH_PRCTL, unix.SYS_SET_TID_ADDRESS,
	unix.SYS_SET_ROBUST_LIST, unix.SYS_GET_ROBUST_LIST, unix.SYS_FUTEX, unix.SYS_RSEQ,
	unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_SCHED_GETPARAM,
	unix.SYS_SCHED_GETSCHEDULER, unix.SYS_SCHED_GET_PRIORITY_MAX, unix.SYS_SCHED_GET_PRIORITY_MIN,
	unix.SYS_SCHED_RR_GET_INTERVAL, unix.SYS_SCHED_GETATTR, unix.SYS_GETPRIORITY, unix.SYS_GETCPU,
	unix.SYS_RESTART_SYSCALL,
	// Who and where am I.
	unix.SYS_UNAME, unix.SYS_GETUID, unix.SYS_GETGID, unix.SYS_GETEUID, unix.SYS_GETEGID,
	unix.SYS_GETRESUID, unix.SYS_GETRESGID, unix.SYS_GETGROUPS, unix.SYS_CAPGET,
	unix.SYS_GETRLIMIT, unix.SYS_SETRLIMIT, unix.SYS_PRLIMIT64, unix.SYS_GETRUSAGE,
	unix.SYS_SYSINFO, unix.SYS_TIMES, unix.SYS_GETRANDOM,
	// Time.
	unix.SYS_NANOSLEEP, unix.SYS_GETTIMEOFDAY, unix.SYS_TIME, unix.SYS_CLOCK_GETTIME,
	unix.SYS_CLOCK_GETRES, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_TIMER_CREATE, unix.SYS_TIMER_SETTIME,
	unix.SYS_TIMER_GETTIME, unix.SYS_TIMER_GETOVERRUN, unix.SYS_TIMER_DELETE,
	// What a box itself does between fork and exec; it can only take rights away.
	unix.SYS_LANDLOCK_RESTRICT_SELF,
	// Local sockets between a program's own processes; the network namespace is empty.
	unix.SYS_CONNECT, unix.SYS_ACCEPT, unix.SYS_ACCEPT4, unix.SYS_SENDTO, unix.SYS_RECVFROM,
	unix.SYS_RECVMSG, unix.SYS_RECVMMSG, unix.SYS_SHUTDOWN,
	unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_GETSOCKNAME, unix.SYS_GETPEERNAME,
}

// compilers is what only compilers need: how full a file system is, which on the host's
// tells what others do, and ways to copy files that programs can do without and that have
// been a source of holes in the kernel.
var compilers = []uint32{unix.SYS_STATFS, unix.SYS_FSTATFS, unix.SYS_SPLICE, unix.SYS_TEE}

// pretended is answered as if it had been done. All of a box's files are in memory, so
// there is nothing to write back; and what a hint does to the page cache is done to pages
// that every box sees.
var pretended = []uint32{
	unix.SYS_FSYNC, unix.SYS_FDATASYNC, unix.SYS_SYNC, unix.SYS_SYNCFS, unix.SYS_SYNC_FILE_RANGE,
	unix.SYS_MSYNC, unix.SYS_FADVISE64, unix.SYS_READAHEAD,
}

// forbidden is what honest runtimes try and can do without. A change of owner to nobody
// in particular marks a file's time without asking who does it, even the input's. A
// message can carry files: one that carries its own socket stays, with all its memory,
// until the kernel happens to look for such.
var forbidden = []uint32{
	unix.SYS_SENDMSG, unix.SYS_SENDMMSG,
	unix.SYS_CHOWN, unix.SYS_FCHOWN, unix.SYS_LCHOWN, unix.SYS_FCHOWNAT,
	unix.SYS_MLOCK, unix.SYS_MUNLOCK, unix.SYS_MLOCKALL, unix.SYS_MUNLOCKALL, unix.SYS_MLOCK2,
	unix.SYS_SCHED_SETAFFINITY, unix.SYS_SCHED_SETPARAM, unix.SYS_SCHED_SETSCHEDULER,
	unix.SYS_SCHED_SETATTR, unix.SYS_SETPRIORITY, unix.SYS_IOPRIO_SET, unix.SYS_MBIND,
	unix.SYS_SET_MEMPOLICY, unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_SETREUID,
	unix.SYS_SETREGID, unix.SYS_SETRESUID, unix.SYS_SETRESGID, unix.SYS_SETGROUPS,
	unix.SYS_SETFSUID, unix.SYS_SETFSGID, unix.SYS_CAPSET, unix.SYS_CHROOT, unix.SYS_MKNOD,
	unix.SYS_MKNODAT, unix.SYS_SETHOSTNAME, unix.SYS_SETDOMAINNAME, unix.SYS_CLOCK_SETTIME,
	unix.SYS_SETTIMEOFDAY, unix.SYS_ADJTIMEX, unix.SYS_CLOCK_ADJTIME,
	unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_KCMP,
	unix.SYS_PIDFD_GETFD, unix.SYS_UNSHARE, unix.SYS_SETNS, unix.SYS_MOUNT, unix.SYS_UMOUNT2,
	unix.SYS_PIVOT_ROOT, unix.SYS_OPEN_TREE, unix.SYS_MOVE_MOUNT, unix.SYS_FSOPEN,
	unix.SYS_FSCONFIG, unix.SYS_FSMOUNT, unix.SYS_FSPICK, unix.SYS_MOUNT_SETATTR,
	unix.SYS_SYSLOG, unix.SYS_PERSONALITY, unix.SYS_PERF_EVENT_OPEN, unix.SYS_BPF,
	unix.SYS_USERFAULTFD, unix.SYS_NAME_TO_HANDLE_AT, unix.SYS_OPEN_BY_HANDLE_AT,
	unix.SYS_QUOTACTL, unix.SYS_ACCT, unix.SYS_SWAPON, unix.SYS_SWAPOFF, unix.SYS_IOPL,
	unix.SYS_IOPERM, unix.SYS_VHANGUP, unix.SYS_FANOTIFY_INIT, unix.SYS_LOOKUP_DCOOKIE,
	// No kernel has these any more. Answered as what is beside them they make no ranges.
	unix.SYS_USELIB, unix.SYS_USTAT, unix.SYS_SYSFS, unix.SYS__SYSCTL, unix.SYS_CREATE_MODULE,
	unix.SYS_GET_KERNEL_SYMS, unix.SYS_QUERY_MODULE, unix.SYS_NFSSERVCTL, unix.SYS_GETPMSG,
	unix.SYS_PUTPMSG, unix.SYS_AFS_SYSCALL, unix.SYS_TUXCALL, unix.SYS_SECURITY,
}

// attributes answer as if no file system had any, which copying programs understand.
var attributes = []uint32{
	unix.SYS_GETXATTR, unix.SYS_LGETXATTR, unix.SYS_FGETXATTR, unix.SYS_LISTXATTR,
	unix.SYS_LLISTXATTR, unix.SYS_FLISTXATTR, unix.SYS_SETXATTR, unix.SYS_LSETXATTR,
	unix.SYS_FSETXATTR, unix.SYS_REMOVEXATTR, unix.SYS_LREMOVEXATTR, unix.SYS_FREMOVEXATTR,
}

// hostile is what nobody calls by accident.
var hostile = []uint32{
	unix.SYS_KEXEC_LOAD, unix.SYS_KEXEC_FILE_LOAD, unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE,
	unix.SYS_DELETE_MODULE, unix.SYS_REBOOT, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
	unix.SYS_KEYCTL, unix.SYS_MODIFY_LDT,
}

// namespaceFlags are the clone flags that make a namespace. CLONE_NEWTIME shares its bit
// with the exit signal and is understood by clone3 and unshare only, which are refused.
const namespaceFlags = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS |
	unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET

// rules are those of calls that both profiles allow with some arguments.
var rules = map[uint32]rule{
	// Descriptors of processes are refused (pidfd_open is unknown): the number of each
	// inode comes from a counter of all processes of the machine.
	unix.SYS_CLONE: {0, namespaceFlags | unix.CLONE_PIDFD, []interval{
		{0, plain(allow)}, {1, plain(fail(unix.EPERM))},
	}},
	unix.SYS_SOCKET:     only(0, fail(unix.EAFNOSUPPORT), unix.AF_UNIX),
	unix.SYS_SOCKETPAIR: only(0, fail(unix.EAFNOSUPPORT), unix.AF_UNIX),
	// No filters, no time stamps; no cookie, no descriptor of the peer's process.
	unix.SYS_SETSOCKOPT: {2, math.MaxUint32, []interval{
		{0, plain(allow)}, {unix.SO_BINDTODEVICE, plain(fail(unix.ENOPROTOOPT))},
	}},
	unix.SYS_GETSOCKOPT: {2, math.MaxUint32, []interval{
		{0, plain(allow)}, {unix.SO_COOKIE, plain(fail(unix.ENOPROTOOPT))},
	}},
	// There is no terminal: its commands get the answer that files give.
	unix.SYS_IOCTL: only(1, fail(unix.ENOTTY), fionread, fionbio, fionclex, fioclex),
	// No merging of equal pages and no say about pages of files: both show in the time
	// that others take.
	unix.SYS_MADVISE: only(2, fail(unix.EINVAL),
		unix.MADV_NORMAL, unix.MADV_RANDOM, unix.MADV_SEQUENTIAL, unix.MADV_WILLNEED, unix.MADV_DONTNEED,
		unix.MADV_FREE, unix.MADV_REMOVE, unix.MADV_DONTFORK, unix.MADV_DOFORK, unix.MADV_HUGEPAGE,
		unix.MADV_NOHUGEPAGE, unix.MADV_DONTDUMP, unix.MADV_DODUMP, unix.MADV_WIPEONFORK,
		unix.MADV_KEEPONFORK, unix.MADV_POPULATE_READ, unix.MADV_POPULATE_WRITE),
	unix.SYS_PRCTL: only(0, fail(unix.EINVAL),
		unix.PR_SET_PDEATHSIG, unix.PR_GET_PDEATHSIG, unix.PR_GET_DUMPABLE, unix.PR_SET_DUMPABLE,
		unix.PR_GET_KEEPCAPS, unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_GET_SECCOMP,
		unix.PR_CAPBSET_READ, unix.PR_GET_SECUREBITS, unix.PR_SET_TIMERSLACK, unix.PR_GET_TIMERSLACK,
		unix.PR_SET_CHILD_SUBREAPER, unix.PR_GET_CHILD_SUBREAPER, unix.PR_SET_NO_NEW_PRIVS,
		unix.PR_GET_NO_NEW_PRIVS, unix.PR_SET_THP_DISABLE, unix.PR_GET_THP_DISABLE),
}

// fcntl allows the settings of a descriptor and of a pipe, and gives an answer to locks.
// Leases, watches and hints are refused: they are the inode's, which others may share.
func fcntl(lock uint32) rule {
	leaves := map[uint32]leaf{}
	for _, command := range []uint32{
		unix.F_DUPFD, unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_DUPFD_CLOEXEC,
		unix.F_SETPIPE_SZ, unix.F_GETPIPE_SZ, unix.F_ADD_SEALS, unix.F_GET_SEALS,
	} {
		leaves[command] = plain(allow)
	}
	for _, command := range []uint32{unix.F_SETLK, unix.F_SETLKW, unix.F_OFD_SETLK, unix.F_OFD_SETLKW} {
		leaves[command] = plain(lock)
	}
	return rule{1, math.MaxUint32, join(leaves, plain(fail(unix.EINVAL)))}
}
