// Package tmpfs is the file systems in memory that prisoners write to, seen from outside:
// engines mount one, put files into it, and take out what a prisoner has left.
//
// All of it goes by a descriptor of the root, and no link is followed: who owns a
// directory can make whatever he likes of what is in it. Files are taken, and files are
// put in, only while no process of the box is there.
package tmpfs

import (
	"fmt"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// Options are what a file system is mounted with.
type Options struct {
	Size  deemster.Bytes
	Files int    // and directories
	Owner uint32 // the user and group, as the calling thread sees them, that the root belongs to
	// Huge has large pages, where the kernel has them for files: programs start faster from
	// those.
	Huge bool
}

// Mount mounts a new file system at target, in the calling thread's mount namespace, and
// gives its root. The mount goes with its namespace, or by unmounting.
func Mount(target string, o Options) (root int, err error) {
	fs, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	defer unix.Close(fs)
	id := strconv.FormatUint(uint64(o.Owner), 10)
	options := append(o.room(), [][2]string{{"mode", "755"}, {"uid", id}, {"gid", id}}...)
	for _, o := range options {
		if err := unix.FsconfigSetString(fs, o[0], o[1]); err != nil {
			return -1, fmt.Errorf("mount %s: %s=%s: %w", target, o[0], o[1], err)
		}
	}
	if o.Huge {
		_ = unix.FsconfigSetString(fs, "huge", "within_size")
	}
	if err := unix.FsconfigCreate(fs); err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	root, err = unix.Fsmount(fs, unix.FSMOUNT_CLOEXEC, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOATIME)
	if err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	if err := unix.MoveMount(root, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		_ = unix.Close(root)
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	return root, nil
}

// room is what may be in the file system, as mount options. The root is a file too.
func (o Options) room() [][2]string {
	return [][2]string{{"size", strconv.FormatInt(int64(o.Size), 10)}, {"nr_inodes", strconv.Itoa(o.Files + 1)}}
}

// Resize gives a mounted file system the room of o. The calling thread must be where it
// could mount one.
func Resize(root int, o Options) error {
	fs, err := unix.Fspick(root, "", unix.FSPICK_EMPTY_PATH|unix.FSPICK_CLOEXEC)
	if err != nil {
		return fmt.Errorf("resize: %w", err)
	}
	defer unix.Close(fs)
	for _, o := range o.room() {
		if err := unix.FsconfigSetString(fs, o[0], o[1]); err != nil {
			return fmt.Errorf("resize: %s=%s: %w", o[0], o[1], err)
		}
	}
	if err := unix.FsconfigReconfigure(fs); err != nil {
		return fmt.Errorf("resize: %w", err)
	}
	return nil
}

// beneath is how every file is reached: from the root down, and by no link.
const beneath = unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_XDEV

// create makes a file that was not there and gives its descriptor.
func create(dir int, name string, mode uint64) (int, error) {
	how := unix.OpenHow{
		Flags: unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC, Mode: mode,
		Resolve: beneath,
	}
	return unix.Openat2(dir, name, &how)
}

// WriteFile makes a file with a plain name, to be read and executed by all and changed by
// no prisoner. It fails when the name is taken.
func WriteFile(root int, name string, content []byte) error {
	// A process forked meanwhile would hold the file open for writing until it executes:
	// then it could not be executed, nor the file system sealed.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := create(root, name, 0o755)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer unix.Close(fd)
	if err := write(fd, content); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func write(fd int, content []byte) error {
	for len(content) > 0 {
		n, err := unix.Write(fd, content)
		if err != nil && err != unix.EINTR {
			return err
		}
		content = content[max(n, 0):]
	}
	return nil
}
