package native

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// What Landlock may know of, by the version of its interface that brought it
// (linux/landlock.h). Rights that the kernel does not know are left out.
const (
	landlockFiles    = unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1 // version 1: all from EXECUTE to MAKE_SYM
	landlockRefer    = unix.LANDLOCK_ACCESS_FS_REFER           // 2
	landlockTruncate = unix.LANDLOCK_ACCESS_FS_TRUNCATE        // 3
	landlockNet      = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
	landlockDevices  = unix.LANDLOCK_ACCESS_FS_IOCTL_DEV // 5

	landlockReading = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	landlockOwn     = landlockFiles &^ (unix.LANDLOCK_ACCESS_FS_MAKE_CHAR | unix.LANDLOCK_ACCESS_FS_MAKE_BLOCK)
)

// landlock is what rules are made of: the kernel's version of it, and the files that all
// boxes share.
type landlock struct {
	handled unix.LandlockRulesetAttr
	shared  []rule
}

// rule allows access to a file, or to all beneath a directory.
type rule struct {
	fd     int
	access uint64
}

// openLandlock looks at the image where it is the root. Without Landlock in the kernel it
// gives nil.
func openLandlock(i *image.Image) (*landlock, error) {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno == unix.ENOSYS || errno == unix.EOPNOTSUPP {
		return nil, nil
	}
	if errno != 0 {
		return nil, fmt.Errorf("landlock: %w", errno)
	}
	l := &landlock{}
	known := &l.handled
	known.Handled_access_fs = landlockFiles
	if version >= 2 {
		known.Handled_access_fs |= landlockRefer
	}
	if version >= 3 {
		known.Handled_access_fs |= landlockTruncate
	}
	if version >= 4 {
		known.Handled_access_net = landlockNet
	}
	if version >= 5 {
		known.Handled_access_fs |= landlockDevices
	}
	if version >= 6 {
		known.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
	}
	const device = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | landlockTruncate | landlockDevices
	access := map[string]uint64{"/": unix.LANDLOCK_ACCESS_FS_READ_DIR, "/etc": landlockReading}
	for _, m := range i.Mounts {
		access[m.Target] = landlockReading
	}
	for _, path := range i.Devices {
		access[path] = known.Handled_access_fs & device
	}
	for path, allowed := range access {
		if err := l.share(path, allowed); err != nil {
			l.close()
			return nil, err
		}
	}
	return l, nil
}

// share allows access to a path of the image, as far as it makes sense for what is there:
// the kernel refuses rights of directories to files.
func (l *landlock) share(path string, access uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("landlock: %s: %w", path, err)
	}
	l.shared = append(l.shared, rule{fd, access})
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return fmt.Errorf("landlock: %s: %w", path, err)
	}
	if info.Mode&unix.S_IFMT != unix.S_IFDIR {
		l.shared[len(l.shared)-1].access &^= unix.LANDLOCK_ACCESS_FS_READ_DIR
	}
	return nil
}

func (l *landlock) close() {
	for _, r := range l.shared {
		_ = unix.Close(r.fd)
	}
}

// rules makes the second wall of a box, beside its mounts: read and execute what is of
// the image, write to devices and beneath the given directories, no network, and no signal
// and no abstract socket across its own edge. Files of /proc cannot be opened: they tell
// where the judge keeps things, and which pages of memory others have too. Links of /proc
// work, so that /dev/stdin does.
func (l *landlock) rules(writable ...int) (int, error) {
	set, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&l.handled)), unsafe.Sizeof(l.handled), 0)
	if errno != 0 {
		return -1, fmt.Errorf("landlock: make rules: %w", errno)
	}
	list := l.shared
	for _, fd := range writable {
		list = append(list[:len(list):len(list)], rule{fd, l.handled.Handled_access_fs & (landlockOwn | landlockRefer | landlockTruncate)})
	}
	for _, r := range list {
		attr := unix.LandlockPathBeneathAttr{Allowed_access: r.access, Parent_fd: int32(r.fd)}
		_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, set, unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&attr)), 0, 0, 0)
		if errno != 0 {
			return -1, errors.Join(fmt.Errorf("landlock: add a rule: %w", errno), unix.Close(int(set)))
		}
	}
	return int(set), nil
}
