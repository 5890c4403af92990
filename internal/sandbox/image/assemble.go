package image

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Assemble covers a directory with a small file system in memory and puts the image
// together in root, below it or the same. What it mounts is in the calling thread's mount
// namespace, which should be one that nobody else uses. The image's own sources may lie
// in what is covered.
func (i *Image) Assemble(covered, root string) error {
	trees, err := i.open()
	defer func() {
		for _, t := range trees {
			_ = unix.Close(t.fd)
		}
	}()
	if err != nil {
		return err
	}
	if err := unix.Mount("deemster", covered, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,nr_inodes=4096,mode=755"); err != nil {
		return fmt.Errorf("mount the root: %w", err)
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return err
	}
	for _, dir := range i.Dirs {
		if err := os.Mkdir(root+dir, 0o755); err != nil {
			return err
		}
	}
	for _, l := range i.Links {
		if err := os.Symlink(l.Target, root+l.Name); err != nil {
			return err
		}
	}
	for _, f := range i.Files {
		if err := os.WriteFile(root+f.Name, []byte(f.Content), 0o644); err != nil {
			return err
		}
	}
	for _, t := range trees {
		if err := t.attach(root); err != nil {
			return fmt.Errorf("show %s: %w", t.target, err)
		}
	}
	return nil
}

// tree is a file or directory of the host on its way into the image.
type tree struct {
	fd        int
	target    string
	directory bool
}

// open takes hold of all that comes from the host.
func (i *Image) open() (trees []tree, err error) {
	add := func(source, target string, attributes uint64) {
		if err != nil {
			return
		}
		var t tree
		if t, err = openTree(source, target, attributes); err == nil {
			trees = append(trees, t)
		}
	}
	for _, m := range i.Mounts {
		add(m.Source, m.Target, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NODEV)
	}
	for _, device := range i.Devices { // read-only, they can be written to, but their times not be set
		add(device, device, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NOEXEC)
	}
	return trees, err
}

// openTree clones one mount, without what is mounted below it, and never with
// set-user-id. In a user namespace what the machine has mounted below cannot be taken off:
// then it is shown too.
func openTree(source, target string, attributes uint64) (tree, error) {
	info, err := os.Stat(source)
	if err != nil {
		return tree{}, err
	}
	const flags = unix.OPEN_TREE_CLONE | unix.OPEN_TREE_CLOEXEC
	depth := uint(0)
	fd, err := unix.OpenTree(unix.AT_FDCWD, source, flags)
	if err == unix.EINVAL {
		depth = unix.AT_RECURSIVE
		fd, err = unix.OpenTree(unix.AT_FDCWD, source, flags|depth)
	}
	if err != nil {
		return tree{}, fmt.Errorf("show %s: %w", source, err)
	}
	attr := unix.MountAttr{Attr_set: attributes | unix.MOUNT_ATTR_NOSUID}
	if err := unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|depth, &attr); err != nil {
		_ = unix.Close(fd)
		return tree{}, fmt.Errorf("show %s: %w", source, err)
	}
	return tree{fd: fd, target: target, directory: info.IsDir()}, nil
}

// attach makes the tree visible in the image.
func (t tree) attach(root string) error {
	target := filepath.Join(root, t.target)
	var err error
	if t.directory {
		err = os.MkdirAll(target, 0o755)
	} else {
		err = os.WriteFile(target, nil, 0o644)
	}
	if err != nil {
		return err
	}
	return unix.MoveMount(t.fd, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH)
}
