package native

import (
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// scratch is the working directory of runs: a file system in memory that is thrown away
// with all that is in it whenever a run has touched it. Nothing in it is ever opened.
type scratch struct {
	fd    int
	owner uint32
	size  deemster.Bytes
	files int
	fresh state
}

// state is what cannot stay as it was when anything was made, changed or deleted in the
// directory: every such change marks its time in the directory itself or takes space.
type state struct {
	blocks, inodes uint64
	mode           uint32
	changed        unix.Timespec
}

func newScratch(size deemster.Bytes, files int, owner uint32) (*scratch, error) {
	s := &scratch{fd: -1, owner: owner, size: size, files: files}
	return s, s.mount()
}

func (s *scratch) mount() error {
	var err error
	if s.fd, err = mountTmpfs(sandbox.ScratchDir, s.size, s.files, s.owner); err != nil {
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

// mountTmpfs mounts a new file system in memory, owned by owner, and gives its root.
func mountTmpfs(target string, size deemster.Bytes, files int, owner uint32) (int, error) {
	fs, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	defer unix.Close(fs)
	id := strconv.FormatUint(uint64(owner), 10)
	options := [][2]string{
		{"size", strconv.FormatInt(int64(size), 10)}, {"nr_inodes", strconv.Itoa(files + 1)},
		{"mode", "755"}, {"uid", id}, {"gid", id},
	}
	for _, o := range options {
		if err := unix.FsconfigSetString(fs, o[0], o[1]); err != nil {
			return -1, fmt.Errorf("mount %s: %s=%s: %w", target, o[0], o[1], err)
		}
	}
	if target == sandbox.CodeDir {
		// Programs start faster from large pages, where the kernel has them for files.
		_ = unix.FsconfigSetString(fs, "huge", "within_size")
	}
	if err := unix.FsconfigCreate(fs); err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	root, err := unix.Fsmount(fs, unix.FSMOUNT_CLOEXEC, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOATIME)
	if err != nil {
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	if err := unix.MoveMount(root, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		_ = unix.Close(root)
		return -1, fmt.Errorf("mount %s: %w", target, err)
	}
	return root, nil
}
