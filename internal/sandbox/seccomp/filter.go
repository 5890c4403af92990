// Package seccomp makes the system call filters that prisoners run under: lists of what
// is allowed. What is not on them answers ENOSYS, as on a kernel that never had it, so
// that runtimes fall back; what only an attacker calls ends the process, and so does a
// call of another processor's numbers: i386, x32.
//
// There are two profiles: [Compile] for compilers and [Run] for what they made. Both
// refuse what could carry a message to another box through something that boxes share,
// above all the host's toolchains: locks, leases, watches, the page cache's state, the
// counters behind process descriptors. package channel holds them to that.
//
// A filter is a classic BPF program that looks the number up in a tree of ranges. When it
// is installed, the kernel tries it once on each of the 900 or so numbers it knows, to
// remember which it always allows. So installing it costs nearly what the average path
// through the tree does, and the tree is the one with the shortest.
package seccomp

import (
	"maps"
	"math"
	"slices"

	"golang.org/x/sys/unix"
)

// Answers to a system call, as SECCOMP_RET_* values (seccomp(2)).
const (
	allow = unix.SECCOMP_RET_ALLOW
	kill  = unix.SECCOMP_RET_KILL_PROCESS
)

// fail answers without making the call; 0 says that it was made.
func fail(errno unix.Errno) uint32 { return unix.SECCOMP_RET_ERRNO | uint32(errno) }

// Offsets into struct seccomp_data.
const (
	offsetNumber = 0
	offsetArch   = 4
	offsetArgs   = 16 // 8 bytes each, on this machine the low half first
)

// x32 calls carry this bit in their number.
const x32Bit = 0x40000000

// Compile is the profile for compilers and what else prepares a submission.
func Compile() []unix.SockFilter { return assemble(compileTable()) }

// Run is the profile for the programs that strangers wrote.
func Run() []unix.SockFilter { return assemble(runTable()) }

// table says what becomes of each call. What is in neither map answers ENOSYS.
type table struct {
	answers map[uint32]uint32 // by number
	rules   map[uint32]rule   // of calls that depend on an argument
}

// rule answers by the low 32 bits of an argument.
type rule struct {
	argument uint32
	mask     uint32 // of the bits that count
	ranges   []interval
}

// interval is answered alike, from its first value to before the next interval's.
type interval struct {
	first uint32
	leaf
}

// leaf is an answer, or the call whose rule decides.
type leaf struct {
	answer uint32
	ruled  uint32
}

const noRule = ^uint32(0)

func plain(answer uint32) leaf { return leaf{answer, noRule} }

// intervals is the table as ranges of numbers.
func (t *table) intervals() []interval {
	leaves := map[uint32]leaf{}
	for n, answer := range t.answers {
		leaves[n] = plain(answer)
	}
	for n := range t.rules {
		leaves[n] = leaf{ruled: n}
	}
	return append(join(leaves, plain(fail(unix.ENOSYS))), interval{x32Bit, plain(kill)})
}

// join makes ranges of values that have an answer; all others answer with rest.
func join(leaves map[uint32]leaf, rest leaf) []interval {
	list := []interval{{0, rest}}
	add := func(first uint32, l leaf) {
		last := &list[len(list)-1]
		switch {
		case last.first == first:
			last.leaf = l
			if n := len(list); n > 1 && list[n-2].leaf == l {
				list = list[:n-1]
			}
		case last.leaf != l:
			list = append(list, interval{first, l})
		}
	}
	for _, n := range slices.Sorted(maps.Keys(leaves)) {
		add(n, leaves[n])
		add(n+1, rest)
	}
	return list
}

// only is a rule that allows some values of an argument and answers all others alike.
func only(argument, otherwise uint32, values ...uint32) rule {
	leaves := map[uint32]leaf{}
	for _, v := range values {
		leaves[v] = plain(allow)
	}
	return rule{argument, math.MaxUint32, join(leaves, plain(otherwise))}
}
