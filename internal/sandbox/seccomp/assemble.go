package seccomp

import (
	"math"
	"slices"

	"golang.org/x/sys/unix"
)

// assemble makes the program of a table.
func assemble(t table) []unix.SockFilter {
	a := &assembler{returns: map[uint32]*block{}}
	rules := map[uint32]*block{}
	target := func(l leaf) *block {
		if l.ruled == noRule {
			return a.ret(l.answer)
		}
		if rules[l.ruled] == nil {
			rules[l.ruled] = a.rule(t.rules[l.ruled])
		}
		return rules[l.ruled]
	}
	// The kernel tries the numbers that it knows, and none beyond.
	const known = 470
	weight := func(first, end uint32) float64 { return float64(min(end, known) - min(first, known)) }
	a.place(&block{
		code: []unix.SockFilter{load(offsetArch)},
		test: unix.BPF_JEQ, value: unix.AUDIT_ARCH_X86_64,
		yes: &block{code: []unix.SockFilter{load(offsetNumber)}, next: search(t.intervals(), target, weight)},
		no:  a.ret(kill),
	})
	slices.Reverse(a.program)
	return a.program
}

// block is some instructions and where they lead: to next; or by a test to yes or no; or
// nowhere when the last of them returns.
type block struct {
	code    []unix.SockFilter
	next    *block
	test    uint16
	value   uint32
	yes, no *block
	place   int // in the program, counted from its end; 0 is nowhere yet
}

// assembler writes a program from its end, because jumps only go forwards.
type assembler struct {
	returns map[uint32]*block // one for each answer
	program []unix.SockFilter // the last instruction first
}

func (a *assembler) ret(answer uint32) *block {
	if a.returns[answer] == nil {
		a.returns[answer] = &block{code: []unix.SockFilter{{Code: unix.BPF_RET | unix.BPF_K, K: answer}}}
	}
	return a.returns[answer]
}

func (a *assembler) rule(r rule) *block {
	b := &block{code: []unix.SockFilter{load(offsetArgs + 8*r.argument)}}
	if r.mask != math.MaxUint32 {
		b.code = append(b.code, unix.SockFilter{Code: unix.BPF_ALU | unix.BPF_AND | unix.BPF_K, K: r.mask})
	}
	// Which values are common is not known: all intervals count alike.
	b.next = search(r.ranges, func(l leaf) *block { return a.ret(l.answer) }, func(uint32, uint32) float64 { return 1 })
	return b
}

// place writes a block and, behind it, what it leads to and is not written yet.
func (a *assembler) place(b *block) {
	if b.place != 0 {
		return
	}
	switch {
	case b.next != nil:
		a.place(b.next)
		if distance := a.distance(b.next); distance > 0 {
			a.write(unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JA, K: uint32(distance)})
		}
	case b.yes != nil:
		a.place(b.no)
		a.place(b.yes)
		a.bringNear(b.no)
		a.bringNear(b.yes)
		a.write(unix.SockFilter{
			Code: unix.BPF_JMP | b.test | unix.BPF_K, K: b.value,
			Jt: uint8(a.distance(b.yes)), Jf: uint8(a.distance(b.no)),
		})
	}
	for _, instruction := range slices.Backward(b.code) {
		a.write(instruction)
	}
	b.place = len(a.program)
}

// bringNear makes a block reachable from a test, which jumps over 255 instructions at
// most: by another copy of a return, or a jump that has no such limit.
func (a *assembler) bringNear(b *block) {
	if a.distance(b) < math.MaxUint8 { // the other block may be brought nearer after this
		return
	}
	if b.next == nil && b.yes == nil {
		a.write(b.code[0])
	} else {
		a.write(unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JA, K: uint32(a.distance(b))})
	}
	b.place = len(a.program)
}

// distance is how many instructions the next one to be written jumps over to a block.
func (a *assembler) distance(b *block) int { return len(a.program) - b.place }

func (a *assembler) write(i unix.SockFilter) { a.program = append(a.program, i) }

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

// search makes the tree that finds the interval of the value in the accumulator, with the
// fewest comparisons on average: an optimal search tree (Knuth, The Art of Computer
// Programming, volume 3, section 6.2.2) whose keys are where intervals begin.
func search(list []interval, target func(leaf) *block, weight func(first, end uint32) float64) *block {
	n := len(list)
	end := func(i int) uint32 {
		if i+1 < n {
			return list[i+1].first
		}
		return math.MaxUint32
	}
	sum := make([]float64, n+1)
	for i := range list {
		sum[i+1] = sum[i] + weight(list[i].first, end(i)) + 1e-6 // what weighs nothing is kept in balance
	}
	// odd says that of three intervals the middle one is a single value and the others are
	// answered alike: one comparison is enough.
	odd := func(i, j int) bool {
		return j == i+2 && list[i].leaf == list[j].leaf && end(i+1) == list[i+1].first+1
	}
	// cost is that of finding the intervals i to j, and split the first of those to the
	// right of the best first comparison.
	cost, split := make([][]float64, n), make([][]int, n)
	for i := range list {
		cost[i], split[i] = make([]float64, n), make([]int, n)
	}
	for span := 1; span < n; span++ {
		for i, j := 0, span; j < n; i, j = i+1, j+1 {
			best := math.Inf(1)
			for k := i + 1; k <= j; k++ {
				if c := cost[i][k-1] + cost[k][j]; c < best {
					best, split[i][j] = c, k
				}
			}
			if odd(i, j) {
				best = 0
			}
			cost[i][j] = best + sum[j+1] - sum[i]
		}
	}
	var build func(i, j int) *block
	build = func(i, j int) *block {
		switch k := split[i][j]; {
		case i == j:
			return target(list[i].leaf)
		case odd(i, j):
			return &block{test: unix.BPF_JEQ, value: list[i+1].first, yes: target(list[i+1].leaf), no: target(list[i].leaf)}
		default:
			return &block{test: unix.BPF_JGE, value: list[k].first, yes: build(k, j), no: build(i, k-1)}
		}
	}
	return build(0, n-1)
}
