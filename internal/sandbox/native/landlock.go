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
func openLandlock(i *image.Image) (_ *landlock, err error) {
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
	for _, path := range append([]string{"/"}, i.Devices...) {
		r := rule{access: landlockReading}
		if path != "/" {
			r.access = known.Handled_access_fs & device
		}
		if r.fd, err = unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0); err != nil {
			return nil, fmt.Errorf("landlock: %s: %w", path, err)
		}
		l.shared = append(l.shared, r)
	}
	return l, nil
}

func (l *landlock) close() {
	for _, r := range l.shared {
		_ = unix.Close(r.fd)
	}
}

// rules makes the second wall of a box, beside its mounts: read and execute anywhere,
// write to devices and beneath the given directories, no network, and no signal and no
// abstract socket across its own edge.
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
