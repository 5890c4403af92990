// Package codedir is a box's /code, kept on the host: a file system in memory of limited
// size, for engines that hand their boxes a directory. Files get in through a descriptor
// of its root, and no path that a prisoner may have made is followed; it is sealed by
// making the file system read-only, wherever it is mounted; it goes by unmounting, and
// nothing in it is walked.
package codedir

import (
	"fmt"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// What compilers may leave in the directory. It counts as memory of who writes it.
const (
	Size  = 512 * deemster.MiB
	Files = 20_000
)

// Dir is the directory of one box.
type Dir struct{ root int }

// Mount mounts a new directory at target, in the calling thread's mount namespace. It is
// owned by the host's user and group of the number given.
func Mount(target string, owner uint32) (*Dir, error) {
	fs, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("mount %s: %w", target, err)
	}
	defer unix.Close(fs)
	id := strconv.FormatUint(uint64(owner), 10)
	for _, o := range [][2]string{
		{"size", strconv.FormatInt(int64(Size), 10)}, {"nr_inodes", strconv.Itoa(Files + 1)},
		{"mode", "755"}, {"uid", id}, {"gid", id},
	} {
		if err := unix.FsconfigSetString(fs, o[0], o[1]); err != nil {
			return nil, fmt.Errorf("mount %s: %s=%s: %w", target, o[0], o[1], err)
		}
	}
	if err := unix.FsconfigCreate(fs); err != nil {
		return nil, fmt.Errorf("mount %s: %w", target, err)
	}
	root, err := unix.Fsmount(fs, unix.FSMOUNT_CLOEXEC, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOATIME)
	if err != nil {
		return nil, fmt.Errorf("mount %s: %w", target, err)
	}
	if err := unix.MoveMount(root, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		_ = unix.Close(root)
		return nil, fmt.Errorf("mount %s: %w", target, err)
	}
	return &Dir{root}, nil
}

// WriteFile makes a file with a plain name, to be read and executed by all and changed by
// nobody. It fails when the name is taken, and after Seal.
func (d *Dir) WriteFile(name string, content []byte) error {
	how := unix.OpenHow{
		Flags: unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC, Mode: 0o755,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_XDEV,
	}
	// A process forked meanwhile would hold the file open for writing until it executes:
	// then it could not be executed, nor the directory sealed.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Openat2(d.root, name, &how)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer unix.Close(fd)
	for len(content) > 0 {
		n, err := unix.Write(fd, content)
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		content = content[n:]
	}
	return nil
}

// Seal makes the file system read-only, for every mount of it and for good: nothing in a
// box can change it back. Nobody may have a file in it open for writing.
func (d *Dir) Seal() error {
	fs, err := unix.Fspick(d.root, "", unix.FSPICK_EMPTY_PATH|unix.FSPICK_CLOEXEC)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	defer unix.Close(fs)
	if err := unix.FsconfigSetFlag(fs, "ro"); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	if err := unix.FsconfigReconfigure(fs); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	return nil
}

// Close gives the descriptor back. The mount goes with its namespace, or by unmounting.
func (d *Dir) Close() error { return unix.Close(d.root) }
