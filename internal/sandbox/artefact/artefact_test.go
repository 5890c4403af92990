package artefact_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
)

// Whatever happens in a directory while it is read, nothing outside is. Nothing should
// happen there: it is sealed. This is for the day on which it is not.
func TestNothingOutsideIsRead(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "file"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		d, f := filepath.Join(dir, "d"), filepath.Join(dir, "f")
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = os.Mkdir(d, 0o755)
			_ = os.WriteFile(filepath.Join(d, "file"), []byte("public"), 0o644)
			_ = os.WriteFile(f, []byte("public"), 0o644)
			_ = os.RemoveAll(d)
			_ = os.Symlink(outside, d)
			_ = os.Remove(f)
			_ = os.Symlink(filepath.Join(outside, "file"), f)
			_ = os.Remove(f)
			_ = unix.Mkfifo(f, 0o644)
			_ = os.Remove(f)
			_ = os.Remove(d)
		}
	}()
	root, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	whole, cut := 0, 0
	for range 20_000 {
		var archive bytes.Buffer
		if err := artefact.Write(root, &archive); err != nil {
			cut++
		} else {
			whole++
		}
		if bytes.Contains(archive.Bytes(), []byte("secret")) {
			t.Fatal("a secret was read")
		}
	}
	close(stop)
	<-stopped
	if whole == 0 || cut == 0 {
		t.Errorf("%d read to their end and %d not: the race was hardly tried", whole, cut)
	}
}

// An archive that was not written here makes nothing outside of its directory.
func TestNothingOutsideIsMade(t *testing.T) {
	for _, header := range []tar.Header{
		{Name: "../x", Typeflag: tar.TypeReg}, {Name: "/x", Typeflag: tar.TypeReg}, {Name: "a/../../x", Typeflag: tar.TypeReg},
		{Name: "..", Typeflag: tar.TypeDir}, {Name: ".", Typeflag: tar.TypeDir},
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc"}, {Name: "hard", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"},
		{Name: "device", Typeflag: tar.TypeChar, Devmajor: 1, Devminor: 5}, {Name: "there/x", Typeflag: tar.TypeReg}, {Name: "there", Typeflag: tar.TypeReg},
	} {
		base := t.TempDir()
		dir := filepath.Join(base, "dir")
		if err := errors.Join(os.Mkdir(dir, 0o755), os.Symlink("..", filepath.Join(dir, "there"))); err != nil {
			t.Fatal(err)
		}
		root, err := os.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var archive bytes.Buffer
		w := tar.NewWriter(&archive)
		if err := errors.Join(w.WriteHeader(&header), w.Close()); err != nil {
			t.Fatal(err)
		}
		if err := artefact.Read(&archive, int(root.Fd()), 0); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", header.Name, err)
		}
		if err := root.Close(); err != nil {
			t.Fatal(err)
		}
		for _, place := range []struct {
			dir   string
			files int
		}{{base, 1}, {dir, 1}} {
			if there, err := os.ReadDir(place.dir); err != nil || len(there) != place.files {
				t.Errorf("%s: in %s are %v, %v", header.Name, place.dir, there, err)
			}
		}
	}
}
