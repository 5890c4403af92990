package doctor

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
)

var controlGroupChecks = []check{
	{ControlGroups, "control groups", essential, (*machine).cgroupMounted},
	{ControlGroups, "controllers", essential, (*machine).controllers},
	{ControlGroups, "a place for groups", essential, (*machine).placeForGroups},
	{ControlGroups, "what is above us", advisory, (*machine).limitsAbove},
}

// cgroupVersion is 1 or 2, or 0 when no control groups are mounted that boxes can use.
func (m *machine) cgroupVersion() int {
	if m.exists(cgroup.Root + "/cgroup.controllers") {
		return 2
	}
	if len(m.glob(cgroup.Root+"/*/cgroup.procs")) > 0 {
		return 1
	}
	return 0
}

// ownGroup is the group that this process is in, by controller; "" is that of v2.
func (m *machine) ownGroup(controller string) (string, bool) {
	text, _ := m.read("/proc/self/cgroup")
	for line := range strings.Lines(text) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) == 3 && slices.Contains(strings.Split(parts[1], ","), controller) {
			return parts[2], true
		}
	}
	return "/", false
}

var noGroups = finding{Skipped, "no control groups", ""}

// needed are the controllers a box uses, by version.
var needed = map[int][]string{1: {"memory", "pids", "cpuacct"}, 2: {"memory", "pids", "cpu"}}

func (m *machine) cgroupMounted() finding {
	switch v := m.cgroupVersion(); v {
	case 0:
		if m.inContainer() != "" {
			return lacks("nothing at "+cgroup.Root, "give the container its control groups: docker run --privileged --cgroupns=private")
		}
		return lacks("nothing at "+cgroup.Root, "mount -t cgroup2 none "+cgroup.Root)
	default:
		return fine("version %d", v)
	}
}

func (m *machine) controllers() finding {
	version := m.cgroupVersion()
	if version == 0 {
		return noGroups
	}
	var have []string
	if version == 2 {
		text, _ := m.read(cgroup.Root + "/cgroup.controllers")
		have = strings.Fields(text)
	} else {
		for _, controller := range needed[1] {
			_, joined := m.ownGroup(controller)
			if joined && m.exists(path.Join(cgroup.Root, controller, "cgroup.procs")) {
				have = append(have, controller)
			}
		}
	}
	var absent []string
	for _, need := range needed[version] {
		if !slices.Contains(have, need) {
			absent = append(absent, need)
		}
	}
	switch {
	case len(absent) == 0:
		return fine("%s", strings.Join(needed[version], ", "))
	case version == 2 && slices.ContainsFunc(absent, m.usedByV1):
		return lacks("not with version 2: "+strings.Join(absent, ", "), "boot with systemd.unified_cgroup_hierarchy=1, so that version 1 does not hold them")
	case slices.Contains(absent, "memory"):
		return lacks("not there: "+strings.Join(absent, ", "), "boot with cgroup_enable=memory (in /etc/default/grub: GRUB_CMDLINE_LINUX, then update-grub)")
	case version == 1:
		return lacks("not there: "+strings.Join(absent, ", "),
			"mount -t cgroup -o "+absent[0]+" none "+path.Join(cgroup.Root, absent[0])+", or boot with cgroup v2")
	}
	return lacks("not there: "+strings.Join(absent, ", "), "in the group above this one: echo +"+absent[0]+" > cgroup.subtree_control")
}

func (m *machine) usedByV1(controller string) bool {
	_, ok := m.ownGroup(controller)
	return ok
}

// ownDirs are the directories of the groups that this process is in; a container may see
// only its own part, as the root.
func (m *machine) ownDirs() []string {
	version := m.cgroupVersion()
	var dirs []string
	if version == 2 {
		group, _ := m.ownGroup("")
		return append(dirs, path.Join(cgroup.Root, group))
	}
	for _, controller := range needed[version] {
		group, _ := m.ownGroup(controller)
		dir := path.Join(cgroup.Root, controller, group)
		if !m.exists(dir) {
			dir = path.Join(cgroup.Root, controller)
		}
		dirs = append(dirs, dir)
	}
	return dirs
}

const delegate = "run as root, or in a group that was delegated: systemd-run --user --scope -p Delegate=yes deemster …"

// placeForGroups looks for what package cgroup does when it makes its groups.
func (m *machine) placeForGroups() finding {
	switch m.cgroupVersion() {
	case 0:
		return noGroups
	case 1:
		for i, dir := range m.ownDirs() {
			switch {
			case m.probe.writable(dir):
			case m.root():
				return lacks(dir+" "+notWritable, "mount -o remount,rw "+path.Join(cgroup.Root, needed[1][i])+"; in Docker --privileged")
			default:
				return lacks(dir+" "+notWritable, "run as root; ordinary users need cgroup v2")
			}
		}
		return fine("%s", m.ownDirs()[0])
	}
	if m.controllers().state == Missing {
		return finding{Skipped, "controllers are missing", ""}
	}
	own := m.ownDirs()[0]
	why := ""
	for _, dir := range []string{own, cgroup.Root} {
		reason := m.refusesGroups(dir)
		if reason == "" {
			return fine("%s", dir)
		}
		if why == "" {
			why = reason
		}
	}
	if m.root() && strings.HasSuffix(why, notWritable) {
		return lacks(why, "mount -o remount,rw "+cgroup.Root+"; in Docker --privileged")
	}
	return lacks(why, delegate)
}

const notWritable = "cannot be written to"

// refusesGroups says why no groups with controllers can be made in a v2 group.
func (m *machine) refusesGroups(dir string) string {
	control := path.Join(dir, "cgroup.subtree_control")
	if !m.probe.writable(dir) || !m.probe.writable(control) {
		return dir + " " + notWritable
	}
	available, _ := m.read(path.Join(dir, "cgroup.controllers"))
	passed, _ := m.read(control)
	passesAll := true
	for _, need := range needed[2] {
		if !slices.Contains(strings.Fields(available), need) {
			return dir + " was not given the " + need + " controller"
		}
		passesAll = passesAll && slices.Contains(strings.Fields(passed), need)
	}
	realRoot := !m.exists(path.Join(dir, "cgroup.events"))
	processes, _ := m.read(path.Join(dir, "cgroup.procs"))
	if passesAll || realRoot || processes == "" || processes == strconv.Itoa(m.probe.pid) {
		return ""
	}
	return dir + " holds other processes, so it may not pass controllers on"
}

// limitsAbove looks whether the groups that this process is in cap what it may use.
func (m *machine) limitsAbove() finding {
	version := m.cgroupVersion()
	if version == 0 {
		return noGroups
	}
	need := m.memoryNeeded()
	for _, group := range m.ownDirs() {
		for dir := group; strings.HasPrefix(dir, cgroup.Root); dir = path.Dir(dir) {
			for _, name := range []string{"memory.max", "memory.limit_in_bytes"} {
				if n, ok := m.number(path.Join(dir, name)); ok && deemster.Bytes(n) < need {
					return advise(fmt.Sprintf("%s/%s is %d MiB; %d slots may need %d MiB", dir, name, n>>20, m.slots, need/deemster.MiB),
						"raise it (systemd: MemoryMax=), or use fewer --slots")
				}
			}
			if n, ok := m.number(path.Join(dir, "pids.max")); ok && n < int64(m.slots*deemster.CompileLimits.Processes) {
				return advise(fmt.Sprintf("%s/pids.max is %d", dir, n), "raise it (systemd: TasksMax=infinity)")
			}
			for name, none := range map[string]string{"cpu.max": "max", "cpu.cfs_quota_us": "-1"} {
				if quota, ok := m.read(path.Join(dir, name)); ok && !strings.HasPrefix(quota, none) {
					return advise(fmt.Sprintf("%s/%s is %s: programs wait in the middle of a run", dir, name, quota),
						"take the quota away (systemd: CPUQuota=) and give whole cores instead")
				}
			}
		}
	}
	return fine("no limit that is too low")
}
