package doctor

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
)

var memoryChecks = []check{
	{Memory, "for the slots", advisory, (*machine).memoryForSlots},
	{Memory, "swap", essential, (*machine).swap},
	{Memory, "huge pages", advisory, (*machine).hugePages},
	{Memory, "overcommit", advisory, (*machine).overcommit},
}

// forItself is what a judge takes besides what it runs.
const forItself = 100 * deemster.MiB

func (m *machine) memoryNeeded() deemster.Bytes {
	return deemster.Bytes(m.slots)*deemster.CompileLimits.Memory + forItself
}

func (m *machine) memoryForSlots() finding {
	kib, _ := strconv.ParseInt(m.field("/proc/meminfo", "MemTotal"), 10, 64)
	total, need := deemster.Bytes(kib)*deemster.KiB, m.memoryNeeded()
	found := fmt.Sprintf("%d MiB; %s may need %d MiB when all compile", total/deemster.MiB, count(m.slots, "slot"), need/deemster.MiB)
	if total < need {
		return advise(found, "use a machine with more memory, or fewer --slots")
	}
	return fine("%s", found)
}

// swap looks whether a program could use more memory than its limit, by swapping.
func (m *machine) swap() finding {
	text, _ := m.read("/proc/swaps")
	areas := strings.Split(text, "\n")
	if len(areas) < 2 {
		return fine("off")
	}
	const off = "swapoff -a, and take it out of /etc/fstab"
	area := strings.Fields(areas[1])[0]
	if !m.swapCounted() {
		return lacks("on ("+area+"), and the kernel does not count it: a program could use more than its limit", off+", or boot with swapaccount=1")
	}
	return advise("on ("+area+"); boxes may not use it, but what else is swapped out makes times inexact", off)
}

func (m *machine) swapCounted() bool {
	switch m.cgroupVersion() {
	case 1:
		return m.exists(cgroup.Root + "/memory/memory.memsw.limit_in_bytes")
	case 2:
		// The root has no such file. Where no group shows whether there is one, there is:
		// it takes a word on the kernel's command line to be without.
		groups := append(m.glob(cgroup.Root+"/*/memory.max"), m.glob(path.Join(m.ownDirs()[0], "memory.max"))...)
		for _, file := range groups {
			if m.exists(path.Join(path.Dir(file), "memory.swap.max")) {
				return true
			}
		}
		return len(groups) == 0
	}
	return false
}

func (m *machine) hugePages() finding {
	modes, _ := m.read("/sys/kernel/mm/transparent_hugepage/enabled")
	if strings.Contains(modes, "[always]") {
		return advise("always: a program that touches a little may be charged 2 MiB",
			"echo madvise > /sys/kernel/mm/transparent_hugepage/enabled, and to keep it transparent_hugepage=madvise on the kernel's command line")
	}
	_, chosen, _ := strings.Cut(modes, "[")
	chosen, _, _ = strings.Cut(chosen, "]")
	if chosen == "" {
		return fine("not there")
	}
	return fine("%s", chosen)
}

func (m *machine) overcommit() finding {
	if mode, _ := m.number("/proc/sys/vm/overcommit_memory"); mode == 2 {
		return advise("forbidden: programs that reserve much and use little fail, such as Java's and Go's", sysctl("vm.overcommit_memory", "0"))
	}
	return fine("allowed")
}
