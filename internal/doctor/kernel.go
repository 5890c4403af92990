package doctor

import (
	"fmt"
	"slices"
	"strings"
)

var kernelChecks = []check{
	{Kernel, "kernel version", essential, (*machine).kernelVersion},
	{Kernel, "architecture", essential, (*machine).architecture},
	{Kernel, "namespaces", tried, (*machine).namespaces},
	{Kernel, "user namespaces", essential, (*machine).userNamespaces},
	{Kernel, "system calls", essential, (*machine).systemCalls},
	{Kernel, "seccomp", essential, (*machine).seccomp},
	{Kernel, "landlock", advisory, (*machine).landlock},
	{Kernel, "core dumps", advisory, (*machine).coreDumps},
	{Kernel, "address layout", advisory, atLeast("kernel.randomize_va_space", 2, "where programs lie in memory can be guessed")},
	{Kernel, "kernel log", advisory, atLeast("kernel.dmesg_restrict", 1, "every user may read it")},
	{Kernel, "kernel pointers", advisory, atLeast("kernel.kptr_restrict", 1, "shown to every user, and to what breaks out")},
	{Kernel, "bpf", advisory, atLeast("kernel.unprivileged_bpf_disabled", 1, "open to every user")},
	{Kernel, "perf events", advisory, atLeast("kernel.perf_event_paranoid", 2, "open to every user")},
	{Kernel, "ptrace", advisory, atLeast("kernel.yama.ptrace_scope", 1, "a user's processes may trace one another")},
}

func (m *machine) kernelVersion() finding {
	release, _ := m.read("/proc/sys/kernel/osrelease")
	const update = "boot a newer kernel: Debian 12 and 13, Ubuntu 24.04 bring one"
	switch v2 := m.cgroupVersion() == 2; {
	case !m.since(5, 12): // mount_setattr
		return lacks(release+"; 5.12 or later is needed", update)
	case v2 && !m.since(5, 19): // memory.peak
		return lacks(release+"; with cgroup v2, 5.19 or later is needed", update)
	case v2 && !m.since(6, 12): // memory.peak can be reset
		return fine("%s (from 6.12 on, runs start a little faster)", release)
	}
	return fine("%s", release)
}

func (m *machine) architecture() finding {
	if m.probe.arch != "x86_64" {
		return lacks(m.probe.arch, "use a machine with an x86-64 processor")
	}
	return fine("%s", m.probe.arch)
}

func (m *machine) namespaces() finding {
	if refused := m.probe.namespaces(); len(refused) > 0 {
		advice := "boot a kernel with CONFIG_NAMESPACES and all below it; in Docker --privileged"
		if m.inContainer() == "" && !m.root() {
			advice = "run as root, or let ordinary users make them"
		}
		return lacks("refused: "+strings.Join(refused, ", "), advice)
	}
	var kinds []string
	for _, kind := range namespaceKinds {
		kinds = append(kinds, kind.name)
	}
	return fine("%s", strings.Join(kinds, ", "))
}

// fewNamespaces is what a machine must allow for its boxes: a few a slot, and for those
// that are made ahead.
const fewNamespaces = 256

func (m *machine) userNamespaces() finding {
	least := int64(1 << 62)
	for _, kind := range []string{"user", "pid", "net", "mnt", "ipc", "uts", "cgroup"} {
		key := "max_" + kind + "_namespaces"
		n, ok := m.number("/proc/sys/user/" + key)
		if ok && n < fewNamespaces {
			return lacks(fmt.Sprintf("user.%s is %d", key, n), sysctl("user."+key, "16384"))
		}
		if ok {
			least = min(least, n)
		}
	}
	if m.root() || m.inUserNamespace() && m.capable(capSysAdmin) { // then he was let in, whatever the settings say
		return fine("%d of a kind", least)
	}
	if n, ok := m.number("/proc/sys/kernel/unprivileged_userns_clone"); ok && n == 0 {
		return lacks("forbidden to ordinary users", "run as root, or "+sysctl("kernel.unprivileged_userns_clone", "1"))
	}
	if n, ok := m.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"); ok && n != 0 {
		return lacks("AppArmor takes their power from those of ordinary users",
			"run as root, or "+sysctl("kernel.apparmor_restrict_unprivileged_userns", "0"))
	}
	return fine("%d of a kind, for ordinary users too", least)
}

func (m *machine) systemCalls() finding {
	if len(m.probe.calls) == 0 {
		return fine("all that boxes need")
	}
	advice := "boot a newer kernel"
	if m.inContainer() != "" {
		advice = "let the container make them: docker run --privileged, or --security-opt seccomp=unconfined"
	}
	return lacks("not there: "+strings.Join(m.probe.calls, ", "), advice)
}

func (m *machine) seccomp() finding {
	actions, ok := m.read("/proc/sys/kernel/seccomp/actions_avail")
	for _, need := range []string{"kill_process", "errno", "allow"} {
		if !ok || !slices.Contains(strings.Fields(actions), need) {
			return lacks("the filter cannot answer "+need, "boot a kernel with CONFIG_SECCOMP_FILTER, 4.14 or later")
		}
	}
	if m.field("/proc/self/status", "Seccomp") == "2" {
		return fine("filters work; this process is itself under one")
	}
	return fine("filters work")
}

func (m *machine) landlock() finding {
	if m.probe.landlock == 0 {
		return advise("not there: boxes have one wall less around their files",
			"boot a kernel with CONFIG_SECURITY_LANDLOCK, 5.13 or later, and landlock among lsm= on its command line")
	}
	return fine("version %d", m.probe.landlock)
}

// coreDumps looks whether a crash starts a program of the host's. Boxes set a limit that
// forbids it (core(5): a limit of 1), so this is for the rest of the machine.
func (m *machine) coreDumps() finding {
	pattern, _ := m.read("/proc/sys/kernel/core_pattern")
	if strings.HasPrefix(pattern, "|") {
		program, _, _ := strings.Cut(pattern[1:], " ")
		return advise("given to "+program+"; boxes forbid dumps, other processes of the judge do not", sysctl("kernel.core_pattern", "core"))
	}
	return fine("files; boxes forbid them")
}

// atLeast advises a sysctl to be n or more. A kernel without the setting is left at that:
// a box relies on none of these.
func atLeast(key string, n int64, otherwise string) func(*machine) finding {
	return func(m *machine) finding {
		now, ok := m.number("/proc/sys/" + strings.ReplaceAll(key, ".", "/"))
		switch {
		case !ok:
			return fine("this kernel has no %s", key)
		case now < n:
			return advise(fmt.Sprintf("%s (%s is %d)", otherwise, key, now), sysctl(key, fmt.Sprint(n)))
		}
		return fine("%s is %d", key, now)
	}
}
