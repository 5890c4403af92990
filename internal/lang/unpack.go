package lang

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// What the cache of one language may hold.
const (
	maxCache      = 2 * deemster.GiB
	maxCacheFiles = 50_000
)

// unpack writes the files of a tar archive into dir, which is empty. It comes out of a
// box: only regular files and directories are taken, and nothing is written outside of
// dir.
func unpack(archive io.Reader, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	defer root.Close()
	reader := tar.NewReader(archive)
	var size int64
	for files := 0; ; files++ {
		h, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		// A sparse file has a size that did not go over the pipe.
		if size += h.Size; size > int64(maxCache) || h.Size > int64(maxCache) || files > maxCacheFiles {
			return fmt.Errorf("unpack: more than %v or %d files", maxCache, maxCacheFiles)
		}
		if err := unpackOne(root, h, reader); err != nil {
			return fmt.Errorf("unpack %q: %w", h.Name, err)
		}
	}
	if _, err := io.Copy(io.Discard, archive); err != nil { // the padding at the end
		return fmt.Errorf("unpack: %w", err)
	}
	return nil
}

func unpackOne(root *os.Root, h *tar.Header, content io.Reader) error {
	name := path.Clean(h.Name)
	if !filepath.IsLocal(name) {
		return errors.New("is outside of the archive")
	}
	switch {
	case h.Typeflag == tar.TypeDir && name == ".":
		return nil
	case h.Typeflag == tar.TypeDir:
		if err := root.Mkdir(name, 0o755); err != nil {
			return err
		}
		return root.Chmod(name, 0o755) // whatever the umask is
	case h.Typeflag != tar.TypeReg:
		return errors.New("is neither a file nor a directory")
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Chmod(0o644|os.FileMode(h.Mode)&0o111), f.Close())
}

// syncDisk returns when what was written to dir would survive a power cut.
func syncDisk(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return os.NewSyscallError("syncfs", unix.Syncfs(int(f.Fd())))
}
