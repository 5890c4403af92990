package doctor

import (
	"fmt"
	"strings"

	"github.com/deemster-oj/deemster"
)

var fileChecks = []check{
	{Files, "data directory", essential, (*machine).dataDirectory},
	{Files, "room for data", advisory, func(m *machine) finding { return m.roomAt(m.data, deemster.GiB) }},
	{Files, "room in /tmp", advisory, func(m *machine) finding { return m.roomAt("/tmp", 256*deemster.MiB) }},
	{Files, "open files", advisory, (*machine).openFiles},
	{Files, "hard limits", essential, (*machine).hardLimits},
	{Files, "process numbers", advisory, atLeast("kernel.pid_max", 4096, fewForBoxes)},
	{Files, "threads", advisory, atLeast("kernel.threads-max", 4096, fewForBoxes)},
	{Files, "open files in all", advisory, atLeast("fs.file-max", 65536, fewForBoxes)},
	{Files, "mounts", advisory, atLeast("fs.mount-max", 10000, fewForBoxes)},
}

const fewForBoxes = "too few for many boxes"

func (m *machine) dataDirectory() finding {
	dir := m.standing(m.data)
	if !m.probe.writable(dir) {
		return lacks(dir+" cannot be written to", "make it this user's, or choose another one: --data DIR")
	}
	if dir != m.data {
		return fine("%s, to be made", m.data)
	}
	return fine("%s", m.data)
}

// fewFiles are the files that test data of a few problems take.
const fewFiles = 10_000

func (m *machine) roomAt(path string, need deemster.Bytes) finding {
	free, files, err := m.probe.room(m.standing(path))
	switch {
	case err != nil:
		return advise(err.Error(), "make "+path+" a directory of this user's")
	case free < need:
		return advise(fmt.Sprintf("%d MiB are free", free/deemster.MiB), fmt.Sprintf("free some: %v or more", need))
	case files < fewFiles:
		return advise(fmt.Sprintf("%d more files can be made", files), "delete some, or make a file system with more inodes")
	}
	return fine("%d MiB are free", free/deemster.MiB)
}

// manyFiles is for connections, and for the descriptors of boxes.
const manyFiles = 4096

func (m *machine) openFiles() finding {
	if m.probe.openFiles < manyFiles {
		return advise(fmt.Sprintf("a process may have %d", m.probe.openFiles), "ulimit -Hn 65536, or LimitNOFILE=65536 in the systemd unit")
	}
	return fine("a process may have %d", m.probe.openFiles)
}

// hardLimits looks whether a run can be given the limits of a problem, which may be higher
// than those this process has.
func (m *machine) hardLimits() finding {
	switch limited := strings.Join(m.probe.limited, ", "); {
	case limited == "":
		return fine("none on stack, file size and processor time")
	case m.root() && m.capable(capSysResource):
		return fine("%s; root raises them", limited)
	default:
		return lacks("limited: "+limited, "ulimit -H… unlimited before the start, or Limit…=infinity in the systemd unit")
	}
}
