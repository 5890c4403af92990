package native

import (
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// Container is a place that somebody else has made for one box: a root file system with
// toolchains, and a pid namespace whose first process reaps orphans. The box takes these
// two from it. All the rest it makes itself, as it does without a container.
type Container interface {
	// Process is a pidfd of the container's first process.
	Process() int
	// Alive is an error when the container has been ended or is being ended: what ended in
	// it did not end by itself.
	Alive() error
	// Close ends every process in the container and removes it. The calling thread may be
	// in the container's namespaces.
	Close() error
}

// enterRoot puts the calling thread where the box's root file system is, and, when that
// is a container, where its processes are.
func (b *box) enterRoot() error {
	e := b.engine
	if e.container == nil {
		if err := unix.Setns(e.root.namespace, unix.CLONE_NEWNS); err != nil {
			return fmt.Errorf("enter the image: %w", err)
		}
		b.landlock = e.root.landlock
		return nil
	}
	var err error
	if b.container, err = e.container(); err != nil {
		return err
	}
	if err := unix.Setns(b.container.Process(), unix.CLONE_NEWNS|unix.CLONE_NEWPID); err != nil {
		return fmt.Errorf("enter the container: %w", err)
	}
	description, err := image.Open("", e.readOnly)
	if err != nil {
		return err
	}
	if err := buildRoot(description, e.ids.nested); err != nil {
		return err
	}
	b.landlock, err = openLandlock(description)
	return err
}
