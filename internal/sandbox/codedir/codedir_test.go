package codedir_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/codedir"
)

func TestDir(t *testing.T) {
	target, elsewhere := t.TempDir(), t.TempDir()
	d, err := codedir.Mount(target, 12345)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(d.Close(), unix.Unmount(elsewhere, 0), unix.Unmount(target, 0)); err != nil {
			t.Error(err)
		}
	})
	if err := d.WriteFile("main.c", []byte("int main;")); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link": "/etc/passwd", "up": ".."} {
		if err := os.Symlink(to, filepath.Join(target, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"main.c", "link", "up/x", "../x", "/tmp/x", ""} {
		if err := d.WriteFile(name, nil); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	// Another mount, as a container has it, is sealed with the first.
	if err := unix.Mount(target, elsewhere, "", unix.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(elsewhere, "main"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := d.Seal(); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteFile("late", nil); !errors.Is(err, unix.EROFS) {
		t.Errorf("written after the seal: %v", err)
	}
	for _, dir := range []string{target, elsewhere} {
		if err := os.WriteFile(filepath.Join(dir, "late"), nil, 0o755); !errors.Is(err, unix.EROFS) {
			t.Errorf("%s: written after the seal: %v", dir, err)
		}
	}
}
