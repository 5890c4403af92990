package doctor

import (
	"fmt"
	"strconv"
	"strings"
)

var userChecks = []check{
	{User, "user", essential, (*machine).user},
	{User, "identities", advisory, (*machine).identityRange},
	{User, "container", essential, (*machine).container},
}

// Capabilities by number, as in capability.h.
const (
	capSysAdmin    = 21
	capSysResource = 24
)

// capabilities are those that native boxes take.
var capabilities = []struct {
	name   string
	number uint
}{
	{"kill", 5}, {"setgid", 6}, {"setuid", 7}, {"sys_chroot", 18}, {"sys_admin", capSysAdmin},
}

func (m *machine) user() finding {
	if m.inUserNamespace() {
		return fine("an ordinary one (%s), as root of a user namespace", strings.Fields(m.identities()[0])[1])
	}
	if m.probe.uid != 0 {
		if m.cgroupVersion() == 1 {
			return lacks(fmt.Sprintf("an ordinary one (%d)", m.probe.uid), "run as root; ordinary users need cgroup v2")
		}
		return fine("an ordinary one (%d)", m.probe.uid)
	}
	var absent []string
	for _, c := range capabilities {
		if !m.capable(c.number) {
			absent = append(absent, "CAP_"+strings.ToUpper(c.name))
		}
	}
	if len(absent) > 0 {
		return lacks("root without "+strings.Join(absent, ", "), "give them: docker run --privileged, or CapabilityBoundingSet= in the systemd unit")
	}
	return fine("root")
}

func (m *machine) capable(number uint) bool {
	have, _ := strconv.ParseUint(m.field("/proc/self/status", "CapEff"), 16, 64)
	return have&(1<<number) != 0
}

// identityRange looks whether an ordinary user has identities to give to prisoners.
func (m *machine) identityRange() finding {
	if m.root() {
		return fine("each box has a range of its own")
	}
	if len(m.identities()) > 1 {
		return fine("a range from /etc/subuid")
	}
	uid := m.probe.uid
	if m.inUserNamespace() {
		uid, _ = strconv.Atoi(strings.Fields(m.identities()[0])[1])
	}
	name := m.userName(uid)
	ranges, _ := m.read("/etc/subuid")
	for line := range strings.Lines(ranges) {
		if owner, _, _ := strings.Cut(line, ":"); owner == name || owner == strconv.Itoa(uid) {
			if !m.exists("/usr/bin/newuidmap") {
				return advise("a range that cannot be used", "apt install uidmap")
			}
			return fine("a range in /etc/subuid")
		}
	}
	return advise("one only: programs run as the user who judges", "as root: usermod --add-subuids 165536-231071 --add-subgids 165536-231071 "+name+", and apt install uidmap")
}

func (m *machine) userName(uid int) string {
	users, _ := m.read("/etc/passwd")
	for line := range strings.Lines(users) {
		if fields := strings.Split(line, ":"); len(fields) > 2 && fields[2] == strconv.Itoa(uid) {
			return fields[0]
		}
	}
	return strconv.Itoa(uid)
}

// inContainer names what this process is contained by, or is empty.
func (m *machine) inContainer() string {
	if kind, ok := m.read("/run/systemd/container"); ok {
		return kind
	}
	for file, kind := range map[string]string{"/.dockerenv": "docker", "/run/.containerenv": "podman"} {
		if m.exists(file) {
			return kind
		}
	}
	return ""
}

func (m *machine) container() finding {
	kind := m.inContainer()
	profile, _ := m.read("/proc/self/attr/current")
	profile = strings.TrimRight(profile, "\x00")
	if name, enforced := strings.CutSuffix(profile, " (enforce)"); enforced && kind != "" {
		return lacks(fmt.Sprintf("%s, whose AppArmor profile %s forbids to mount", kind, name), "docker run --privileged, or --security-opt apparmor=unconfined")
	}
	if kind == "" {
		return fine("none")
	}
	return fine("%s; boxes are made inside of it, from its own system", kind)
}
