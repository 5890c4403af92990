// Package codedir is a box's /code, kept on the host: a file system in memory of limited
// size, for engines that hand their boxes a directory. Files get in through a descriptor
// of its root, and no path that a prisoner may have made is followed; it is sealed by
// making the file system read-only, wherever it is mounted; it goes by unmounting, and
// nothing in it is walked.
package codedir

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
)

// What compilers may leave in the directory. It counts as memory of who writes it.
const (
	Size  = 512 * deemster.MiB
	Files = 20_000
)

// Dir is the directory of one box.
type Dir struct {
	root  int
	owner uint32
}

// Mount mounts a new directory at target, in the calling thread's mount namespace. It is
// owned by the host's user and group of the number given.
func Mount(target string, owner uint32) (*Dir, error) {
	root, err := tmpfs.Mount(target, tmpfs.Options{Size: Size, Files: Files, Owner: owner})
	if err != nil {
		return nil, err
	}
	return &Dir{root, owner}, nil
}

// WriteFile makes a file with a plain name, to be read and executed by all and changed by
// nobody. It fails when the name is taken, and after Seal.
func (d *Dir) WriteFile(name string, content []byte) error {
	return tmpfs.WriteFile(d.root, name, content)
}

// Load fills the directory, in which there was nothing yet, with what was in another.
func (d *Dir) Load(from io.Reader) error { return artefact.Read(from, d.root, d.owner) }

// Open opens the directory for artefact.Write. The file stays readable after Close.
func (d *Dir) Open() (*os.File, error) {
	fd, err := unix.FcntlInt(uintptr(d.root), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return os.NewFile(uintptr(fd), "code"), nil
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
