package blob_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
)

// writerDir, when set, makes the test binary a process that puts blobs until it is killed.
const writerDir = "DEEMSTER_TEST_BLOB_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerDir); path != "" {
		fmt.Fprintln(os.Stderr, writeForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// content is the blob number i: large enough to be caught half written.
func content(i int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%d ", i), 50_000) }

func writeForEver(path string) error {
	s, err := blob.OpenDir(path)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		h, _, err := s.Put(context.Background(), bytes.NewReader(content(i)))
		if err != nil {
			return err
		}
		fmt.Println(h)
	}
}

// TestKill kills a process that puts blobs. All it had said it stored must be there and
// whole, and so must be everything else that has a name.
func TestKill(t *testing.T) {
	path := t.TempDir()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerDir+"="+path)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	said := 0
	for lines := bufio.NewScanner(out); lines.Scan(); said++ {
		if want := deemster.HashOf(content(said)); deemster.Hash(lines.Text()) != want {
			t.Fatalf("blob %d: the writer said %q, want %s", said, lines.Text(), want)
		}
		if said == 5 {
			if err := writer.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := writer.Wait(); err == nil || said < 5 {
		t.Fatalf("the writer ended by itself after %d blobs: %v", said, err)
	}

	s := open(t, "dir:"+path)
	for i := range said {
		if got, err := read(t, s, deemster.HashOf(content(i))); err != nil || !bytes.Equal(got, content(i)) {
			t.Errorf("blob %d: %d bytes, error %v", i, len(got), err)
		}
	}
	named, err := filepath.Glob(filepath.Join(path, "??", "*"))
	if err != nil || len(named) < said {
		t.Fatalf("%d files, error %v; want at least %d", len(named), err, said)
	}
	for _, name := range named {
		h := deemster.Hash(filepath.Base(filepath.Dir(name)) + filepath.Base(name))
		if _, err := read(t, s, h); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenRemovesWhatIsAbandoned(t *testing.T) {
	path := t.TempDir()
	open(t, "dir:"+path)
	old, fresh := filepath.Join(path, "new", "old"), filepath.Join(path, "new", "fresh")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	open(t, "dir:"+path)
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file abandoned yesterday is still there (error %v)", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a file that somebody may be writing was removed: %v", err)
	}
}

// FuzzHash asks for every name: in a store that is empty, nothing may be found, whatever
// else is on the disk.
func FuzzHash(f *testing.F) {
	root := f.TempDir()
	s, err := blob.OpenDir(filepath.Join(root, "blobs"))
	if err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "secret"), []byte("secret"), 0o600); err != nil {
		f.Fatal(err)
	}
	for _, name := range []string{"", "../secret", "../../secret", "ab/../../../secret", "ab\x00", "/etc/passwd", "new"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if _, err := s.Open(t.Context(), deemster.Hash(name)); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%q: error %v, want ErrNotFound", name, err)
		}
	})
}
