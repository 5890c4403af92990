package doctor

import (
	"io/fs"
	"slices"
	"strings"
)

var mountChecks = []check{
	{Mounts, "file systems", essential, (*machine).fileSystems},
	{Mounts, "devices", essential, (*machine).devices},
	{Mounts, "/proc", essential, (*machine).procWhole},
	{Mounts, "toolchains", essential, (*machine).toolchains},
	{Mounts, "data out of sight", essential, (*machine).dataOutOfSight},
}

func (m *machine) fileSystems() finding {
	known, _ := m.read("/proc/filesystems")
	for _, need := range []string{"tmpfs", "proc"} {
		if !slices.Contains(strings.Fields(known), need) {
			return lacks("this kernel has no "+need, "boot a kernel with CONFIG_TMPFS and CONFIG_PROC_FS, and mount /proc")
		}
	}
	return fine("tmpfs, proc")
}

func (m *machine) devices() finding {
	var absent []string
	devices := []string{"null", "zero", "full", "random", "urandom"}
	for _, name := range devices {
		info, err := fs.Stat(m.files, "dev/"+name)
		if err != nil || info.Mode()&fs.ModeCharDevice == 0 {
			absent = append(absent, "/dev/"+name)
		}
	}
	if len(absent) > 0 {
		return lacks("not there: "+strings.Join(absent, ", "), "mount -t devtmpfs none /dev")
	}
	return fine("%s", strings.Join(devices, ", "))
}

// procWhole looks for something mounted over a part of /proc. The kernel lets the root of
// a user namespace mount a new /proc only where he sees all of the old one.
func (m *machine) procWhole() finding {
	if m.root() {
		return fine("boxes have their own")
	}
	mounts, _ := m.read("/proc/self/mountinfo")
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) > 4 && strings.HasPrefix(fields[4], "/proc/") && fields[4] != "/proc/sys/fs/binfmt_misc" {
			return lacks(fields[4]+" is covered, so an ordinary user cannot mount another", "run as root, or without that: docker run --security-opt systempaths=unconfined")
		}
	}
	return fine("whole, so boxes can have their own")
}

// toolchains looks for the shell that a box needs for the simplest of programs.
func (m *machine) toolchains() finding {
	if m.image != "" {
		return fine("those of %s", m.image)
	}
	if !m.exists("/bin/sh") || !m.exists("/usr/bin") {
		return lacks("there is no /bin/sh, or no /usr/bin", "install a usual Linux userland: boxes show programs the host's /usr")
	}
	return fine("/usr, read-only in boxes")
}

// dataOutOfSight looks whether programs could read the tests and what others sent: boxes
// show all of /usr and /opt.
func (m *machine) dataOutOfSight() finding {
	if m.image != "" {
		return fine("boxes show %s, and nothing of this system", m.image)
	}
	shown := slices.ContainsFunc([]string{"/usr/", "/opt/", "/bin/", "/sbin/", "/lib"}, func(dir string) bool {
		return strings.HasPrefix(m.data+"/", dir)
	})
	if !shown {
		return fine("%s is not shown in boxes", m.data)
	}
	info, err := fs.Stat(m.files, strings.TrimPrefix(m.data, "/"))
	if m.root() && (err != nil || info.Mode().Perm()&0o005 == 0) { // serve makes it so
		return advise(m.data+" is shown in boxes, and closed by its permissions alone", "keep it elsewhere: --data /var/lib/deemster")
	}
	return lacks(m.data+" is shown in boxes, and programs may read it", "keep it elsewhere: --data /var/lib/deemster")
}
