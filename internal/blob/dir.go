package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/deemster-oj/deemster"
)

// abandoned is how long nobody has written to an unfinished file when it is taken for
// the leftover of a process that died.
const abandoned = time.Hour

// Dir keeps blobs in a directory: the content whose hash begins with ab is the file
// ab/…, named by the other 62 digits. Unfinished files are in new/.
type Dir struct{ path string }

// OpenDir opens the store in a directory, makes what is missing, and removes what dead
// processes left unfinished.
func OpenDir(path string) (*Dir, error) {
	d := &Dir{path}
	// All 256 directories are made now, so that Put never returns before the directory
	// it wrote to is itself on disk.
	for i := range 256 {
		if err := os.MkdirAll(filepath.Join(path, hex.EncodeToString([]byte{byte(i)})), 0o700); err != nil {
			return nil, fmt.Errorf("blob: %w", err)
		}
	}
	if err := os.MkdirAll(d.unfinished(), 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := syncDir(path); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return d, d.removeAbandoned()
}

func (d *Dir) unfinished() string { return filepath.Join(d.path, "new") }

func (d *Dir) removeAbandoned() error {
	entries, err := os.ReadDir(d.unfinished())
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && time.Since(info.ModTime()) > abandoned {
			err = os.Remove(filepath.Join(d.unfinished(), e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("blob: remove what was left unfinished: %w", err)
		}
	}
	return nil
}

// file is where the blob h is. Only a checked hash becomes part of a path.
func (d *Dir) file(h deemster.Hash) (string, error) {
	if !h.Valid() {
		return "", fmt.Errorf("blob: %.80q is not a hash: %w", h, ErrNotFound)
	}
	return filepath.Join(d.path, string(h[:2]), string(h[2:])), nil
}

// Put implements [Store]. Content that is there already is written again, which heals it
// if the disk has damaged it.
func (d *Dir) Put(ctx context.Context, r io.Reader) (deemster.Hash, deemster.Bytes, error) {
	f, err := os.CreateTemp(d.unfinished(), "")
	if err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	defer os.Remove(f.Name()) // fails once it has been renamed
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), contextReader{ctx, r})
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	h := deemster.Hash(hex.EncodeToString(sum.Sum(nil)))
	name, err := d.file(h)
	if err != nil {
		return "", 0, err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	if err := syncDir(filepath.Dir(name)); err != nil {
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	return h, deemster.Bytes(size), nil
}

// Open implements [Store].
func (d *Dir) Open(_ context.Context, h deemster.Hash) (io.ReadCloser, error) {
	name, err := d.file(h)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("blob: open: %w", absent(err))
	}
	return &verifier{file: f, want: h, sum: sha256.New()}, nil
}

// Size implements [Store].
func (d *Dir) Size(_ context.Context, h deemster.Hash) (deemster.Bytes, error) {
	name, err := d.file(h)
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, fmt.Errorf("blob: size: %w", absent(err))
	}
	return deemster.Bytes(info.Size()), nil
}

// absent makes the error of a missing file the error of a missing blob.
func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}

// verifier reads a file and compares its hash at the end.
type verifier struct {
	file *os.File
	want deemster.Hash
	sum  hash.Hash
}

func (v *verifier) Read(p []byte) (int, error) {
	n, err := v.file.Read(p)
	v.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(v.sum.Sum(nil)) != string(v.want) {
		err = fmt.Errorf("blob: %s: %w", v.want, ErrCorrupt)
	}
	return n, err
}

func (v *verifier) Close() error { return v.file.Close() }

// contextReader stops reading when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// syncDir makes the names in a directory survive a power cut.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
