// Package seccomp makes the system call filter that every prisoner runs under: a list of
// what is allowed. What is not on it answers ENOSYS, as on a kernel that never had it, so
// that runtimes fall back; what only an attacker calls ends the process.
//
// The filter is a classic BPF program that looks the number up in a balanced tree of
// ranges: about nine comparisons a call instead of hundreds.
package seccomp

import (
	"sort"

	"golang.org/x/sys/unix"
)

// Answers to a system call, as SECCOMP_RET_* values (seccomp(2)).
const (
	allow = unix.SECCOMP_RET_ALLOW
	kill  = unix.SECCOMP_RET_KILL_PROCESS
)

func fail(errno unix.Errno) uint32 { return unix.SECCOMP_RET_ERRNO | uint32(errno) }

// Offsets into struct seccomp_data.
const (
	offsetNumber = 0
	offsetArch   = 4
	offsetArg0   = 16 // the low half, on a little-endian machine
)

// x32 calls carry this bit in their number.
const x32Bit = 0x40000000

// namespaceFlags are the clone flags that make a namespace. CLONE_NEWTIME shares its bit
// with the exit signal and is understood by clone3 and unshare only, which are refused.
const namespaceFlags = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS |
	unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET

// Compile is the profile for compilers and what else prepares a submission.
func Compile() []unix.SockFilter { return filter(table()) }

// Run is the profile for the programs that strangers wrote.
func Run() []unix.SockFilter { return filter(table()) }

// filter makes the program. It refuses foreign architectures and the x32 ABI by ending
// the process, so that no number is ever looked up in the wrong table.
func filter(answers map[uint32]uint32) []unix.SockFilter {
	tree := lookup(ranges(answers))
	program := []unix.SockFilter{
		load(offsetArch),
		jump(unix.BPF_JEQ, unix.AUDIT_ARCH_X86_64, 1, 0),
		ret(kill),
		load(offsetNumber),
		jump(unix.BPF_JGE, x32Bit, 0, 1),
		ret(kill),
		// The three calls that depend on an argument.
		jump(unix.BPF_JEQ, unix.SYS_CLONE, 0, 4),
		load(offsetArg0),
		jump(unix.BPF_JSET, namespaceFlags, 0, 1),
		ret(fail(unix.EPERM)),
		ret(allow),
		jump(unix.BPF_JEQ, unix.SYS_SOCKET, 0, 4),
		load(offsetArg0),
		jump(unix.BPF_JEQ, unix.AF_UNIX, 0, 1),
		ret(allow),
		ret(fail(unix.EAFNOSUPPORT)),
		jump(unix.BPF_JEQ, unix.SYS_SOCKETPAIR, 0, 4),
		load(offsetArg0),
		jump(unix.BPF_JEQ, unix.AF_UNIX, 0, 1),
		ret(allow),
		ret(fail(unix.EAFNOSUPPORT)),
	}
	return append(program, tree...)
}

// interval answers every number from its first to the next interval's first.
type interval struct {
	first  uint32
	answer uint32
}

// ranges joins neighbouring numbers with the same answer. Numbers beyond the table
// answer ENOSYS.
func ranges(answers map[uint32]uint32) []interval {
	numbers := make([]uint32, 0, len(answers))
	for n := range answers {
		numbers = append(numbers, n)
	}
	sort.Slice(numbers, func(i, j int) bool { return numbers[i] < numbers[j] })
	unknown := fail(unix.ENOSYS)
	list := []interval{{0, unknown}}
	add := func(first, answer uint32) {
		last := &list[len(list)-1]
		switch {
		case last.first == first:
			last.answer = answer
			if n := len(list); n > 1 && list[n-2].answer == answer {
				list = list[:n-1]
			}
		case last.answer != answer:
			list = append(list, interval{first, answer})
		}
	}
	for _, n := range numbers {
		add(n, answers[n])
		add(n+1, unknown)
	}
	return list
}

// lookup makes the tree: the number is in the accumulator.
func lookup(list []interval) []unix.SockFilter {
	if len(list) == 1 {
		return []unix.SockFilter{ret(list[0].answer)}
	}
	middle := len(list) / 2
	low, high := lookup(list[:middle]), lookup(list[middle:])
	// A conditional jump reaches 255 instructions; an unconditional one, any.
	program := []unix.SockFilter{
		jump(unix.BPF_JGE, list[middle].first, 0, 1),
		{Code: unix.BPF_JMP | unix.BPF_JA, K: uint32(len(low))},
	}
	return append(append(program, low...), high...)
}

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

func jump(test uint16, value uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, Jt: yes, Jf: no, K: value}
}

func ret(answer uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: answer}
}
