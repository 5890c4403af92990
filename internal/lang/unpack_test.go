package lang

import (
	"archive/tar"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// archive makes a tar archive; each file holds "x".
func archive(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var buffer bytes.Buffer
	w := tar.NewWriter(&buffer)
	for _, h := range headers {
		if h.Typeflag == tar.TypeReg {
			h.Size = 1
		}
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write([]byte("x")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestUnpackRefuses(t *testing.T) {
	dir := func(name string) tar.Header { return tar.Header{Typeflag: tar.TypeDir, Name: name} }
	file := func(name string) tar.Header { return tar.Header{Typeflag: tar.TypeReg, Name: name} }
	tests := []struct {
		name    string
		content []byte
	}{
		{"above", archive(t, file("../x"))},
		{"above and back", archive(t, dir("a"), file("a/../../x"))},
		{"absolute", archive(t, file("/x"))},
		{"link", archive(t, tar.Header{Typeflag: tar.TypeSymlink, Name: "x", Linkname: "/etc"})},
		{"hard link", archive(t, file("a"), tar.Header{Typeflag: tar.TypeLink, Name: "x", Linkname: "a"})},
		{"device", archive(t, tar.Header{Typeflag: tar.TypeChar, Name: "x", Devmajor: 1, Devminor: 3})},
		{"pipe", archive(t, tar.Header{Typeflag: tar.TypeFifo, Name: "x"})},
		{"twice", archive(t, file("x"), file("x"))},
		{"file as directory", archive(t, file("x"), file("x/y"))},
		{"the root as a file", archive(t, file("."))},
		{"cut off", archive(t, file("x"))[:300]},
		{"no archive", bytes.Repeat([]byte("x"), 1024)},
		{"too large", func() []byte {
			var buffer bytes.Buffer
			_ = tar.NewWriter(&buffer).WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "x", Size: int64(maxCache) + 1})
			return buffer.Bytes()
		}()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := unpack(bytes.NewReader(tt.content), t.TempDir()); err == nil {
				t.Error("was taken")
			}
		})
	}
}

// FuzzUnpack looks for archives that leave anything but files and directories, or
// anything outside.
func FuzzUnpack(f *testing.F) {
	f.Add(archive(f, tar.Header{Typeflag: tar.TypeDir, Name: "./"}, tar.Header{Typeflag: tar.TypeDir, Name: "./a/"},
		tar.Header{Typeflag: tar.TypeReg, Name: "./a/x", Mode: 0o4755}))
	f.Add(archive(f, tar.Header{Typeflag: tar.TypeReg, Name: "../x"}))
	f.Fuzz(func(t *testing.T, content []byte) {
		outside := t.TempDir()
		dir := filepath.Join(outside, "dir")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		_ = unpack(bytes.NewReader(content), dir)
		if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
			t.Errorf("outside: %v, %v", entries, err)
		}
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				t.Error(err)
				return nil
			}
			info, err := d.Info()
			if err != nil || !d.IsDir() && !d.Type().IsRegular() || info.Mode()&(fs.ModeSetuid|fs.ModeSetgid|fs.ModeSticky) != 0 {
				t.Errorf("%s: %v, %v", path, d.Type(), err)
			}
			return nil
		})
	})
}
