package native

import (
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/image"
	"github.com/deemster-oj/deemster/internal/sandbox/thread"
)

// Dir is a directory of the host that boxes see, read-only.
type Dir = image.Dir

// root is a mount namespace that holds the root every box starts from: the image and
// nothing else. A box copies this small tree instead of the host's.
type root struct {
	namespace int
	landlock  *landlock // nil when the kernel has none
	host      string    // where the image's toolchains are on this machine
}

// newRoot builds the root on a thread of its own and keeps its mount namespace.
func newRoot(proc int, dir string, readOnly []image.Dir, nested bool) (*root, error) {
	description, err := image.Open(dir, readOnly)
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	r := &root{namespace: -1, host: description.Root}
	done := make(chan error)
	thread.Own(func() {
		err := buildRoot(description, nested)
		if err == nil {
			r.landlock, err = openLandlock(description)
		}
		if err == nil {
			// The thread sees no /proc any more, but the descriptor still is the host's.
			r.namespace, err = unix.Openat(proc, "thread-self/ns/mnt", unix.O_RDONLY|unix.O_CLOEXEC, 0)
		}
		done <- err
	})
	if err := <-done; err != nil {
		return nil, fmt.Errorf("native: make the root: %w", err)
	}
	return r, nil
}

func (r *root) close() {
	_ = unix.Close(r.namespace)
	if r.landlock != nil {
		r.landlock.close()
	}
}

// buildRoot puts the calling thread into a new mount namespace whose root is the image.
func buildRoot(description *image.Image, nested bool) error {
	if err := unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("mount namespace: %w%s", err, refusal())
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	const root = "/tmp" // any directory will do: it is covered in this namespace only
	if err := description.Assemble(root, root); err != nil {
		return err
	}
	if nested {
		if err := showWholeProc(root); err != nil {
			return err
		}
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
