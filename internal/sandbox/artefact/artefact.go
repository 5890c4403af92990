// Package artefact carries what compilers have left in one box's /code into another's.
//
// Strangers made it, so nothing in it is believed. It is read through a descriptor of the
// directory once that is sealed: no process can change it any more, no link is followed,
// and only regular files and directories are read, so that nothing waits and nothing
// outside is reached. What holds anything else, or more than the limits allow, is not
// carried at all: a program that lacked a part would be another program.
//
// On the way it is a tar archive (in the POSIX format, for times to the nanosecond: Python
// compares those of its files). Names are those of the box, and mean something only
// beneath the /code that they are made in again.
package artefact

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// What may be carried.
const (
	MaxSize  = 128 * deemster.MiB // of all files, as long as they seem to be
	MaxFiles = 2000               // and directories
	MaxDepth = 16                 // directories in one another
)

// ErrUnfit says that a directory holds what is not carried.
var ErrUnfit = errors.New("artefact: it cannot be carried")

// beneath is how everything is reached: from the directory down, and by no link.
const beneath = unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_XDEV

// Write writes what is in a sealed directory. It may be called by several at a time. An
// error that is ErrUnfit says something of the directory, any other of us.
func Write(directory *os.File, to io.Writer) error {
	w := writer{archive: tar.NewWriter(to)}
	if err := w.directory(int(directory.Fd()), ".", "", 0); err != nil {
		return err
	}
	if err := w.archive.Close(); err != nil {
		return fmt.Errorf("artefact: %w", err)
	}
	return nil
}

type writer struct {
	archive *tar.Writer
	size    deemster.Bytes
	files   int
}

// directory writes what is in the directory name of parent, called path in the archive.
func (w *writer) directory(parent int, name, in string, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("%w: directories are too deep", ErrUnfit)
	}
	d, err := open(parent, name, unix.O_DIRECTORY)
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		names, err := d.Readdirnames(256)
		for _, name := range names {
			if w.files++; w.files > MaxFiles {
				return fmt.Errorf("%w: more than %d files", ErrUnfit, MaxFiles)
			}
			if err := w.entry(int(d.Fd()), name, path.Join(in, name), depth); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("artefact: %w", err)
		}
	}
}

func (w *writer) entry(dir int, name, full string, depth int) error {
	if !fs.ValidPath(full) {
		return fmt.Errorf("%w: a name is not text", ErrUnfit)
	}
	var info unix.Stat_t
	if err := unix.Fstatat(dir, name, &info, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return fmt.Errorf("artefact: %w", err)
	}
	header := tar.Header{
		Name: full, Mode: int64(info.Mode & uint32(fs.ModePerm)),
		ModTime: time.Unix(info.Mtim.Sec, info.Mtim.Nsec), Format: tar.FormatPAX,
	}
	switch info.Mode & unix.S_IFMT {
	case unix.S_IFDIR:
		header.Typeflag = tar.TypeDir
		if err := w.archive.WriteHeader(&header); err != nil {
			return fmt.Errorf("artefact: %w", err)
		}
		return w.directory(dir, name, full, depth+1)
	case unix.S_IFREG:
		header.Typeflag, header.Size = tar.TypeReg, info.Size
		return w.file(dir, name, &header)
	}
	return fmt.Errorf("%w: %q is neither a file nor a directory", ErrUnfit, full)
}

func (w *writer) file(dir int, name string, header *tar.Header) error {
	if w.size += deemster.Bytes(header.Size); w.size > MaxSize {
		return fmt.Errorf("%w: more than %v", ErrUnfit, MaxSize)
	}
	f, err := open(dir, name, unix.O_NONBLOCK)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := w.archive.WriteHeader(header); err != nil {
		return fmt.Errorf("artefact: %w", err)
	}
	if _, err := io.CopyN(w.archive, f, header.Size); err != nil {
		return fmt.Errorf("artefact: %w", err)
	}
	return nil
}

func open(dir int, name string, flags uint64) (*os.File, error) {
	fd, err := unix.Openat2(dir, name, &unix.OpenHow{
		Flags: unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_NOCTTY | unix.O_CLOEXEC | flags, Resolve: beneath,
	})
	if err != nil {
		return nil, fmt.Errorf("artefact: %w", err)
	}
	return os.NewFile(uintptr(fd), name), nil
}

// Read puts what Write has written into an empty directory where no process is, as if
// owner had made it.
func Read(from io.Reader, directory int, owner uint32) error {
	archive := tar.NewReader(from)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = read(archive, header, directory, int(owner))
		}
		if err != nil {
			return fmt.Errorf("artefact: %w", err)
		}
	}
}

func read(archive *tar.Reader, header *tar.Header, root, owner int) error {
	name := strings.TrimSuffix(header.Name, "/")
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("%q is no name", header.Name)
	}
	mode := uint32(header.Mode) & uint32(fs.ModePerm)
	switch header.Typeflag {
	case tar.TypeDir:
		return errors.Join(
			unix.Mkdirat(root, name, 0o700),
			unix.Fchownat(root, name, owner, owner, unix.AT_SYMLINK_NOFOLLOW),
			unix.Fchmodat(root, name, mode, 0))
	case tar.TypeReg:
		// A process forked meanwhile would hold the file open for writing until it executes:
		// then it could not be executed, nor the directory sealed.
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		fd, err := unix.Openat2(root, name, &unix.OpenHow{
			Flags: unix.O_CREAT | unix.O_EXCL | unix.O_WRONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC, Mode: uint64(mode), Resolve: beneath,
		})
		if err != nil {
			return err
		}
		f := os.NewFile(uintptr(fd), name)
		_, err = io.Copy(f, archive)
		modified := unix.NsecToTimespec(header.ModTime.UnixNano())
		return errors.Join(err,
			unix.Fchown(fd, owner, owner),
			unix.Fchmod(fd, mode), // the umask does not count
			unix.UtimesNanoAt(fd, "", []unix.Timespec{modified, modified}, unix.AT_EMPTY_PATH),
			f.Close())
	}
	return fmt.Errorf("%q is neither a file nor a directory", header.Name)
}
