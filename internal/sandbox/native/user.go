package native

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/elf"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// EnterUserNamespace makes an ordinary user root of a user namespace, where he may make
// boxes; for root it does nothing. The process becomes this program anew, with the same
// number, arguments and environment, so it is to be called before anything else is done.
// It returns only for root, and when it fails.
//
// The user himself is 0 in the namespace, so what he owns stays his and what is made is
// his. The other ids are those that /etc/subuid and /etc/subgid lend him. Without any, or
// without newuidmap(1), the namespace has no other, see [Engine.Name].
func EnterUserNamespace() error {
	if os.Geteuid() == 0 {
		return nil
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("native: %w", err)
	}
	ns, err := userNamespace(mapSubordinate)
	if err != nil {
		ns, err = userNamespace(mapOwn)
	}
	if err != nil {
		return fmt.Errorf("native: make a user namespace: %w%s", err, refusal())
	}
	// A process with several threads, as any in Go, cannot enter. So a small program with
	// one thread does, and becomes this one.
	door, err := elf.Program{Name: "deemster-enter", Code: enterCode(ns, program)}.File()
	if err != nil {
		return err
	}
	if _, err := unix.FcntlInt(uintptr(ns), unix.F_SETFD, 0); err != nil {
		return fmt.Errorf("native: enter the user namespace: %w", err)
	}
	err = syscall.Exec(fmt.Sprintf("/proc/self/fd/%d", door), os.Args, os.Environ())
	return fmt.Errorf("native: enter the user namespace: %w", err)
}

// userNamespace makes a user namespace whose ids are mapped by mapIDs, called with the
// number of a process in it, and gives its descriptor.
func userNamespace(mapIDs func(pid int) error) (ns int, err error) {
	null, err := unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, err
	}
	defer unix.Close(null)
	sleeper, err := pid1File()
	if err != nil {
		return -1, err
	}
	defer unix.Close(sleeper)
	child := spawn.Child{
		File: sleeper, Args: []string{"namespace"}, Files: []int{null, null, null},
		PidNamespace: -1, UserNamespace: -1, KeepID: true, Landlock: -1, Cgroup: -1, Flags: unix.CLONE_NEWUSER,
	}
	p, err := child.Start(0)
	if err != nil {
		return -1, err
	}
	defer func() {
		killed := p.Kill()
		_, waited := p.Wait()
		err = errors.Join(err, killed, waited, p.Close())
	}()
	if err := mapIDs(p.Pid); err != nil {
		return -1, err
	}
	return unix.Open(fmt.Sprintf("/proc/%d/ns/user", p.Pid), unix.O_RDONLY|unix.O_CLOEXEC, 0)
}

// mapOwn maps the user and his group to 0, which everybody may.
func mapOwn(pid int) error {
	maps := [][2]string{
		{"uid_map", fmt.Sprintf("0 %d 1\n", os.Geteuid())},
		{"setgroups", "deny"}, // or the kernel does not let him map his group
		{"gid_map", fmt.Sprintf("0 %d 1\n", os.Getegid())},
	}
	for _, m := range maps {
		if err := os.WriteFile(fmt.Sprintf("/proc/%d/%s", pid, m[0]), []byte(m[1]), 0); err != nil {
			return fmt.Errorf("map identities: %w", err)
		}
	}
	return nil
}

// mapSubordinate maps besides the ids that the user has been lent, with the two programs
// that may do so.
func mapSubordinate(pid int) error {
	maps := []struct {
		program, file string
		own           int
	}{
		{"newuidmap", "/etc/subuid", os.Geteuid()},
		{"newgidmap", "/etc/subgid", os.Getegid()},
	}
	for _, m := range maps {
		first, count, err := lent(m.file)
		if err != nil {
			return err
		}
		args := []string{strconv.Itoa(pid), "0", strconv.Itoa(m.own), "1", "1", first, count}
		if out, err := exec.Command(m.program, args...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", m.program, err, strings.TrimSpace(string(out)))
		}
	}
	return nil
}

// lent reads the user's largest range in /etc/subuid or /etc/subgid: lines of
// user:first:count, where the user is a name or a number (subuid(5)).
func lent(file string) (first, count string, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	names := []string{strconv.Itoa(os.Geteuid())}
	if u, err := user.LookupId(names[0]); err == nil {
		names = append(names, u.Username)
	}
	largest := uint64(0)
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), ":")
		if len(fields) != 3 || !slices.Contains(names, fields[0]) {
			continue
		}
		if n, err := strconv.ParseUint(fields[2], 10, 32); err == nil && n > largest {
			first, count, largest = fields[1], fields[2], n
		}
	}
	if largest == 0 {
		return "", "", fmt.Errorf("%s lends %s nothing", file, names[len(names)-1])
	}
	return first, count, nil
}

// refusal tells which setting of this machine keeps ordinary users from making
// namespaces, if one does.
func refusal() string {
	settings := []struct{ name, forbids, allows string }{
		{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"}, // Ubuntu 23.10 and later
		{"kernel.unprivileged_userns_clone", "0", "1"},             // older Debian
		{"user.max_user_namespaces", "0", "10000"},
	}
	for _, s := range settings {
		value, err := os.ReadFile("/proc/sys/" + strings.ReplaceAll(s.name, ".", "/"))
		if err == nil && strings.TrimSpace(string(value)) == s.forbids {
			return fmt.Sprintf(": this machine keeps ordinary users from it: as root, sysctl -w %s=%s, or run as root", s.name, s.allows)
		}
	}
	return ""
}
