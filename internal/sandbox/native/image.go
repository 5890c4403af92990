package native

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Dir is a directory of the host that boxes see, read-only.
type Dir struct {
	Host string
	Box  string // absolute
}

// image is a mount namespace that holds the root every box starts from: the host's
// toolchains, a few devices, and nothing else. A box copies this small tree instead of
// the host's.
type image struct{ namespace int }

// toolchains are the places programs come from. Those that are links on the host
// ("/bin" on a merged-/usr system) become the same links.
var toolchains = []string{"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt"}

// settings are the parts of /etc that toolchains read. Nothing else of /etc is there.
var settings = []string{
	"/etc/alternatives", "/etc/ld.so.cache", "/etc/java*", "/etc/fpc*", "/etc/ghc", "/etc/mono", "/etc/php",
}

var devices = []string{"null", "zero", "full", "random", "urandom"}

// newImage builds the root on a thread of its own and keeps its mount namespace.
func newImage(proc int, readOnly []Dir) (*image, error) {
	type result struct {
		image *image
		err   error
	}
	done := make(chan result)
	onOwnThread(func() {
		var r result
		if r.err = buildRoot(readOnly); r.err == nil {
			r.image = &image{}
			// The thread sees no /proc any more, but the descriptor still is the host's.
			r.image.namespace, r.err = unix.Openat(proc, "thread-self/ns/mnt", unix.O_RDONLY|unix.O_CLOEXEC, 0)
		}
		done <- r
	})
	r := <-done
	if r.err != nil {
		return nil, fmt.Errorf("native: make the root: %w", r.err)
	}
	return r.image, nil
}

func (i *image) close() { _ = unix.Close(i.namespace) }

// buildRoot puts the calling thread into a new mount namespace whose root is the image.
func buildRoot(readOnly []Dir) error {
	if err := unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("mount namespace: %w (the executor must be root)", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	const root = "/tmp" // any directory will do: it is covered in this namespace only
	if err := unix.Mount("deemster", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,nr_inodes=4096,mode=755"); err != nil {
		return fmt.Errorf("mount the root: %w", err)
	}
	if err := fillRoot(root, readOnly); err != nil {
		return err
	}
	if err := unix.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("pivot: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("leave the host's root: %w", err)
	}
	if err := unix.Chdir("/"); err != nil {
		return err
	}
	return unix.Mount("", "/", "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY|unix.MS_NOSUID|unix.MS_NODEV, "")
}

func fillRoot(root string, readOnly []Dir) error {
	for _, dir := range []string{"/code", "/scratch", "/proc", "/etc", "/dev"} {
		if err := os.Mkdir(root+dir, 0o755); err != nil {
			return err
		}
	}
	links := map[string]string{
		"/tmp": "scratch", "/dev/shm": "../scratch", "/dev/fd": "/proc/self/fd",
		"/dev/stdin": "/proc/self/fd/0", "/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2",
	}
	for name, target := range links {
		if err := os.Symlink(target, root+name); err != nil {
			return err
		}
	}
	files := map[string]string{
		"/etc/passwd":        "nobody:x:1:1:nobody:/scratch:/bin/sh\n",
		"/etc/group":         "nogroup:x:1:\n",
		"/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
		"/etc/hosts":         "127.0.0.1 localhost\n",
	}
	for name, content := range files {
		if err := os.WriteFile(root+name, []byte(content), 0o644); err != nil {
			return err
		}
	}
	for _, path := range toolchains {
		if err := showToolchain(root, path); err != nil {
			return err
		}
	}
	for _, pattern := range settings {
		found, _ := filepath.Glob(pattern)
		for _, path := range found {
			if err := show(path, root+path, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NODEV); err != nil {
				return err
			}
		}
	}
	for _, name := range devices {
		if err := show("/dev/"+name, root+"/dev/"+name, unix.MOUNT_ATTR_NOEXEC); err != nil {
			return err
		}
	}
	for _, d := range readOnly {
		if err := show(d.Host, filepath.Join(root, d.Box), unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NODEV); err != nil {
			return err
		}
	}
	return nil
}

func showToolchain(root, path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode()&os.ModeSymlink != 0 {
		target, err := os.Readlink(path)
		if err != nil {
			return err
		}
		return os.Symlink(strings.TrimPrefix(target, "/"), root+path)
	}
	return show(path, root+path, unix.MOUNT_ATTR_RDONLY|unix.MOUNT_ATTR_NODEV)
}

// show makes one file or directory of the host visible at target, without what is mounted
// below it, and never with set-user-id.
func show(source, target string, attributes uint64) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if info.IsDir() {
		err = os.MkdirAll(target, 0o755)
	} else {
		err = os.WriteFile(target, nil, 0o644)
	}
	if err != nil {
		return err
	}
	tree, err := unix.OpenTree(unix.AT_FDCWD, source, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC)
	if err != nil {
		return fmt.Errorf("show %s: %w", source, err)
	}
	defer unix.Close(tree)
	attr := unix.MountAttr{Attr_set: attributes | unix.MOUNT_ATTR_NOSUID}
	if err := unix.MountSetattr(tree, "", unix.AT_EMPTY_PATH, &attr); err != nil {
		return fmt.Errorf("show %s: %w", source, err)
	}
	if err := unix.MoveMount(tree, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return fmt.Errorf("show %s: %w", source, err)
	}
	return nil
}
