package tmpfs

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Exchanges tells whether anything goes in or out with a command.
func Exchanges(c *sandbox.Command) bool { return len(c.Give)+len(c.Take) > 0 }

// With is the room that a working directory needs besides its own for what goes in and out
// with a command. What was given is not the prisoner's, so it takes nothing from him.
func (o Options) With(c *sandbox.Command) (Options, error) {
	const page = 4096 // what the kernel counts a tmpfs's size in
	for _, g := range c.Give {
		size, err := sizeOf(g)
		if err != nil {
			return o, err
		}
		o.Size += (size + page - 1) / page * page
		o.Files += 2 // with the directory it is in
	}
	o.Files += len(c.Take)
	return o, nil
}

// sizeOf is how long a given file is.
func sizeOf(g sandbox.Given) (deemster.Bytes, error) {
	var info unix.Stat_t
	err := unix.Fstat(int(g.File.Fd()), &info)
	runtime.KeepAlive(g.File)
	if err != nil {
		return 0, fmt.Errorf("give %s: %w", g.Name, err)
	}
	if info.Mode&unix.S_IFMT != unix.S_IFREG {
		return 0, fmt.Errorf("give %s: only a regular file can be given", g.Name)
	}
	return deemster.Bytes(info.Size), nil
}

// Give puts into an empty working directory of owner's what a command is given, as files
// that all may read, and makes the directories of what is taken.
func Give(root int, owner uint32, c *sandbox.Command) error {
	for _, g := range c.Give {
		if err := give(root, owner, g); err != nil {
			return fmt.Errorf("give %s: %w", g.Name, err)
		}
	}
	for _, t := range c.Take {
		dir, _, err := parent(root, owner, t.Name)
		if err != nil {
			return fmt.Errorf("take %s: %w", t.Name, err)
		}
		closeParent(root, dir)
	}
	return nil
}

func give(root int, owner uint32, g sandbox.Given) error {
	dir, name, err := parent(root, owner, g.Name)
	if err != nil {
		return err
	}
	defer closeParent(root, dir)
	size, err := sizeOf(g)
	if err != nil {
		return err
	}
	fd, err := create(dir, name, 0o444)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	// The kernel copies, from where it is told to: the file's own position stays.
	for offset := int64(0); offset < int64(size); {
		n, err := unix.Sendfile(fd, int(g.File.Fd()), &offset, int(min(int64(size)-offset, 1<<30)))
		if err != nil && err != unix.EINTR {
			return err
		}
		if n == 0 && err == nil {
			return io.ErrUnexpectedEOF
		}
	}
	runtime.KeepAlive(g.File)
	return nil
}

// split takes a name apart: "name", or "directory/name".
func split(name string) (dir, base string, err error) {
	dir, base, deep := strings.Cut(name, "/")
	if !deep {
		dir, base = "", dir
	}
	for _, part := range []string{dir, base} {
		if part == "." || part == ".." || strings.ContainsAny(part, "/\x00") {
			return "", "", errors.New("this is not a plain name")
		}
	}
	if base == "" || deep && dir == "" {
		return "", "", errors.New("this is not a plain name")
	}
	return dir, base, nil
}

// parent gives the directory of a name, which is made when it is not there, and the rest
// of the name.
func parent(root int, owner uint32, name string) (dir int, base string, err error) {
	in, base, err := split(name)
	if err != nil || in == "" {
		return root, base, err
	}
	made := unix.Mkdirat(root, in, 0o755)
	if made != nil && made != unix.EEXIST {
		return -1, "", made
	}
	dir, err = unix.Openat2(root, in, &unix.OpenHow{Flags: unix.O_DIRECTORY | unix.O_RDONLY | unix.O_CLOEXEC, Resolve: beneath})
	if err == nil && made == nil {
		err = unix.Fchown(dir, int(owner), int(owner))
	}
	return dir, base, err
}

func closeParent(root, dir int) {
	if dir != root {
		_ = unix.Close(dir)
	}
}

// Take reads what a command has left under the names that are to be taken. Anything but a
// regular file counts as not there.
func Take(root int, c *sandbox.Command) error {
	for _, t := range c.Take {
		if err := take(root, t); err != nil {
			return fmt.Errorf("take %s: %w", t.Name, err)
		}
	}
	return nil
}

// notThere are the errors of opening what a prisoner has put in the place of a file.
var notThere = []error{unix.ENOENT, unix.ENOTDIR, unix.ELOOP, unix.ENXIO, unix.EXDEV, unix.EACCES}

func take(root int, t sandbox.Taken) error {
	if _, _, err := split(t.Name); err != nil {
		return err
	}
	// Without O_NONBLOCK the opening of a FIFO would wait for its other end.
	fd, err := unix.Openat2(root, t.Name, &unix.OpenHow{
		Flags: unix.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY | unix.O_NOFOLLOW | unix.O_CLOEXEC, Resolve: beneath,
	})
	if err != nil {
		if slices.Contains(notThere, err) {
			return nil
		}
		return err
	}
	file := os.NewFile(uintptr(fd), t.Name)
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	_, err = io.Copy(t.To, io.LimitReader(file, int64(t.Limit)))
	return err
}
