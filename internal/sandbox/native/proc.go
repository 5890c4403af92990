package native

import (
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// showWholeProc shows the image the /proc of where it is made. No program sees it: boxes
// take it off first. But in a user namespace the kernel mounts a new /proc only where one
// that hides nothing is seen already.
func showWholeProc(root string) error {
	const flags = unix.OPEN_TREE_CLONE | unix.OPEN_TREE_CLOEXEC | unix.AT_RECURSIVE
	tree, err := unix.OpenTree(unix.AT_FDCWD, "/proc", flags)
	if err != nil {
		return fmt.Errorf("show /proc: %w", err)
	}
	defer unix.Close(tree)
	if err := unix.MoveMount(tree, "", unix.AT_FDCWD, root+"/proc", unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return fmt.Errorf("show /proc: %w", err)
	}
	return nil
}

// mountProc gives the box that the calling thread is in a /proc that shows its pid
// namespace, and of that to everyone only his own processes.
func mountProc(nested bool) error {
	fs, err := spawn.OpenProc()
	if err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	defer unix.Close(fs)
	for _, o := range [][2]string{{"hidepid", "invisible"}, {"subset", "pid"}} {
		if err := unix.FsconfigSetString(fs, o[0], o[1]); err != nil {
			return fmt.Errorf("mount /proc: %s=%s: %w", o[0], o[1], err)
		}
	}
	if err := unix.FsconfigCreate(fs); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	mount, err := unix.Fsmount(fs, unix.FSMOUNT_CLOEXEC, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOEXEC)
	if err == unix.EPERM && nested {
		return fmt.Errorf("mount /proc: %w: the container this runs in hides parts of its own /proc: start it with these shown, or run as root", err)
	}
	if err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	defer unix.Close(mount)
	if nested {
		if err := unix.Unmount("/proc", unix.MNT_DETACH); err != nil {
			return fmt.Errorf("remove the whole /proc: %w", err)
		}
	}
	if err := unix.MoveMount(mount, "", unix.AT_FDCWD, "/proc", unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	return nil
}
