package tmpfs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
)

func mount(t *testing.T, o tmpfs.Options) (root int, dir string) {
	t.Helper()
	dir = t.TempDir()
	root, err := tmpfs.Mount(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Close(root); err != nil {
			t.Error(err)
		}
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return root, dir
}

// Taking neither follows nor waits for anything, also not what system call filters keep
// prisoners from making.
func TestTakeOnlyFiles(t *testing.T) {
	root, dir := mount(t, tmpfs.Options{Size: deemster.MiB, Files: 20})
	makers := map[string]func(path string) error{
		"fifo":      func(path string) error { return unix.Mkfifo(path, 0o666) },
		"device":    func(path string) error { return unix.Mknod(path, unix.S_IFCHR|0o666, int(unix.Mkdev(1, 5))) },
		"directory": func(path string) error { return os.Mkdir(path, 0o755) },
		"link":      func(path string) error { return os.Symlink("/etc/passwd", path) },
		"link-in":   func(path string) error { return os.Symlink("file", path) },
		"socket": func(path string) error {
			fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
			if err != nil {
				return err
			}
			defer unix.Close(fd)
			return unix.Bind(fd, &unix.SockaddrUnix{Name: path})
		},
		"file": func(path string) error { return os.WriteFile(path, []byte("content"), 0) },
	}
	for name, makeIt := range makers {
		if err := makeIt(filepath.Join(dir, name)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var taken bytes.Buffer
		c := sandbox.Command{Take: []sandbox.Taken{{Name: name, Limit: 3, To: &taken}}}
		if err := tmpfs.Take(root, &c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := map[bool]string{true: "con"}[name == "file"]; taken.String() != want {
			t.Errorf("%s: taken %.100q, want %q", name, taken.String(), want)
		}
	}
}

// Where files are to be put, a link leads nowhere, and there is room for what is given
// and the directories it needs.
func TestGive(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("content"); err != nil {
		t.Fatal(err)
	}
	c := sandbox.Command{Give: []sandbox.Given{{Name: "a/b", File: file}, {Name: "c", File: file}}, Take: []sandbox.Taken{{Name: "d/e"}}}
	room, err := tmpfs.Options{}.With(&c)
	if err != nil {
		t.Fatal(err)
	}
	root, dir := mount(t, tmpfs.Options{Size: 4096, Files: 1})
	if err := tmpfs.Resize(root, room); err != nil {
		t.Fatal(err)
	}
	if err := tmpfs.Give(root, 12345, &c); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a/b", "c"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != "content" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"a", "d"} {
		var info unix.Stat_t
		if err := unix.Stat(filepath.Join(dir, name), &info); err != nil || info.Uid != 12345 || info.Gid != 12345 {
			t.Errorf("%s belongs to %d, %d, %v", name, info.Uid, info.Gid, err)
		}
	}

	root, dir = mount(t, tmpfs.Options{Size: deemster.MiB, Files: 20})
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if err := tmpfs.Give(root, 12345, &c); err == nil {
		t.Error("a link was followed")
	}
	if there, err := os.ReadDir(outside); err != nil || len(there) > 0 {
		t.Errorf("outside there is %v, %v", there, err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if _, err := (tmpfs.Options{}).With(&sandbox.Command{Give: []sandbox.Given{{Name: "a", File: r}}}); err == nil {
		t.Error("a pipe was given")
	}
}
