package native

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
)

// scratch is the working directory of runs: a file system in memory that is thrown away
// with all that is in it whenever a run has touched it.
type scratch struct {
	fd    int
	room  tmpfs.Options
	fresh state
}

// state is what cannot stay as it was when anything was made, changed or deleted in the
// directory: every such change marks its time in the directory itself or takes space.
type state struct {
	blocks, inodes uint64
	mode           uint32
	changed        unix.Timespec
}

func newScratch(room tmpfs.Options) (*scratch, error) {
	s := &scratch{fd: -1, room: room}
	return s, s.mount()
}

func (s *scratch) mount() error {
	var err error
	if s.fd, err = tmpfs.Mount(sandbox.ScratchDir, s.room); err != nil {
		return err
	}
	s.fresh, err = s.state()
	return err
}

func (s *scratch) state() (state, error) {
	var fs unix.Statfs_t
	var dir unix.Stat_t
	if err := errors.Join(unix.Fstatfs(s.fd, &fs), unix.Fstat(s.fd, &dir)); err != nil {
		return state{}, fmt.Errorf("scratch: %w", err)
	}
	return state{fs.Blocks - fs.Bfree, fs.Files - fs.Ffree, dir.Mode, dir.Ctim}, nil
}

// touched tells whether anything was done with the directory since it was mounted.
func (s *scratch) touched() (bool, error) {
	now, err := s.state()
	return now != s.fresh, err
}

func (s *scratch) replace() error {
	s.close()
	if err := unix.Unmount(sandbox.ScratchDir, unix.MNT_DETACH); err != nil {
		return fmt.Errorf("scratch: %w", err)
	}
	return s.mount()
}

func (s *scratch) close() {
	if s.fd >= 0 {
		_ = unix.Close(s.fd)
		s.fd = -1
	}
}
