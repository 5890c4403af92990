package native

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// Each box has a range of user and group ids of its own. In the box the first of them is
// pid 1, and the next the prisoner.
const (
	idsPerBox  = 16
	prisonerID = 1
)

// initialUserNamespace is the number that the kernel gives the machine's own (its
// include/linux/proc_ns.h).
const initialUserNamespace = 0xEFFFFFFD

// What the machine's root takes: ids that nothing else uses (systemd's "UIDs and GIDs"
// leaves 1879048192 to 2147483647 free).
const (
	rootFirstID = 1879048192
	rootBoxes   = 1 << 20
)

// identities are the ids that boxes can have, of this process's user namespace.
type identities struct {
	first uint32
	boxes uint32 // how many boxes have ids of their own; 0 when there is none to give
	// nested is set when this is not the machine's own user namespace.
	nested bool
	// keepGroups is set when this user namespace forbids leaving groups.
	keepGroups bool
}

// single tells that there is only this process's own id: the prisoner is the same user to
// the kernel as the judge.
func (i identities) single() bool { return i.boxes == 0 }

// owner is the prisoner of a box.
func (i identities) owner(serial uint32) uint32 {
	if i.single() {
		return uint32(os.Geteuid())
	}
	return i.base(serial) + prisonerID
}

func (i identities) base(serial uint32) uint32 { return i.first + serial%i.boxes*idsPerBox }

// mapping is what a box's user namespace maps.
func (i identities) mapping(serial uint32) string {
	if i.single() {
		return fmt.Sprintf("%d %d 1\n", prisonerID, os.Geteuid())
	}
	return fmt.Sprintf("0 %d %d\n", i.base(serial), idsPerBox)
}

// mapPrisoner maps the prisoner of all boxes in a user namespace that process pid is in,
// when they have no ids of their own.
func (i identities) mapPrisoner(pid int) error {
	for _, name := range []string{"uid_map", "gid_map"} {
		if err := os.WriteFile(fmt.Sprintf("/proc/%d/%s", pid, name), []byte(i.mapping(0)), 0); err != nil {
			return fmt.Errorf("map identities: %w", err)
		}
	}
	return nil
}

// ownIdentities finds out which ids this process may give to boxes.
func ownIdentities() (identities, error) {
	var maps [3][]byte
	for n, name := range []string{"uid_map", "gid_map", "setgroups"} {
		var err error
		if maps[n], err = os.ReadFile("/proc/self/" + name); err != nil {
			return identities{}, fmt.Errorf("native: identities: %w", err)
		}
	}
	own, err := os.Readlink("/proc/self/ns/user")
	if err != nil {
		return identities{}, fmt.Errorf("native: identities: %w", err)
	}
	i := identitiesIn(string(maps[0]), string(maps[1]))
	i.nested = own != fmt.Sprintf("user:[%d]", uint32(initialUserNamespace))
	i.keepGroups = string(bytes.TrimSpace(maps[2])) == "deny"
	return i, nil
}

// identitiesIn chooses from what a user namespace maps: what the machine's root takes if
// that is there, and otherwise the upper half of the largest range, because people and
// services have the lower ids.
func identitiesIn(uids, gids string) identities {
	uidFirst, uidEnd := largestRange(uids)
	gidFirst, gidEnd := largestRange(gids)
	first, end := max(uidFirst, gidFirst), min(uidEnd, gidEnd)
	if first <= rootFirstID && end >= rootFirstID+rootBoxes*idsPerBox {
		return identities{first: rootFirstID, boxes: rootBoxes}
	}
	if end < first+2*idsPerBox {
		return identities{}
	}
	first += (end - first) / 2
	return identities{first: uint32(first), boxes: uint32(min((end-first)/idsPerBox, rootBoxes))}
}

// largestRange finds the largest range that a uid_map or gid_map has inside: lines of
// the first id inside, the first outside, and how many.
func largestRange(text string) (first, end uint64) {
	for line := range strings.Lines(text) {
		var inside, outside, count uint64
		if _, err := fmt.Sscan(line, &inside, &outside, &count); err == nil && count > end-first {
			first, end = inside, inside+count
		}
	}
	return first, end
}
