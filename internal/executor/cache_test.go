package executor

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
)

// newBlobs makes a blob store with one blob a content.
func newBlobs(t *testing.T, contents ...string) (blob.Store, []deemster.Hash) {
	t.Helper()
	blobs, err := blob.Open(t.Context(), "dir:"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	hashes := make([]deemster.Hash, len(contents))
	for i, content := range contents {
		if hashes[i], _, err = blobs.Put(t.Context(), strings.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	return blobs, hashes
}

func mustOpenCache(t *testing.T, dir string, budget deemster.Bytes, blobs blob.Store) *cache {
	t.Helper()
	c, err := openCache(dir, budget, blobs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	return c
}

// read gives the content of a blob as the cache has it.
func read(t *testing.T, c *cache, h deemster.Hash) string {
	t.Helper()
	file, err := c.open(t.Context(), h)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// onDisk adds up the files in a cache's directory.
func onDisk(t *testing.T, dir string) (total deemster.Bytes, names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if f.Name() != cacheLock {
			total += deemster.Bytes(info.Size())
			names = append(names, f.Name())
		}
	}
	return total, names
}

func TestCacheKeepsItsBudget(t *testing.T) {
	var contents []string
	for i := range 10 {
		contents = append(contents, strings.Repeat(fmt.Sprint(i), 1000))
	}
	blobs, hashes := newBlobs(t, contents...)
	dir := t.TempDir()
	c := mustOpenCache(t, dir, 3000, blobs)
	for i, h := range hashes {
		if got := read(t, c, h); got != contents[i] {
			t.Fatalf("blob %d came out changed", i)
		}
		if size, _ := onDisk(t, dir); size > 3000 {
			t.Fatalf("%d bytes on disk after blob %d, over the budget of 3000", size, i)
		}
	}
	read(t, c, hashes[7]) // now 8 is the longest unused
	read(t, c, hashes[0])
	_, names := onDisk(t, dir)
	for _, want := range []deemster.Hash{hashes[0], hashes[7], hashes[9]} {
		if !strings.Contains(strings.Join(names, " "), string(want)) {
			t.Errorf("the cache holds %v, without %s, which was used lately", names, want)
		}
	}
}

func TestEvictionLeavesOpenFilesWhole(t *testing.T) {
	blobs, hashes := newBlobs(t, strings.Repeat("a", 1000), strings.Repeat("b", 1000))
	c := mustOpenCache(t, t.TempDir(), 1000, blobs)
	file, err := c.open(t.Context(), hashes[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	read(t, c, hashes[1])
	if _, err := os.Stat(c.path(hashes[0])); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("the first blob should have been pushed out: %v", err)
	}
	content, err := io.ReadAll(file)
	if err != nil || string(content) != strings.Repeat("a", 1000) {
		t.Errorf("a file that was open when it was pushed out: %d bytes, %v", len(content), err)
	}
}

func TestCacheTakesOverWhatIsWhole(t *testing.T) {
	blobs, hashes := newBlobs(t, "whole", "damaged")
	dir := t.TempDir()
	first := mustOpenCache(t, dir, 1000, blobs)
	read(t, first, hashes[0])
	read(t, first, hashes[1])
	if _, err := openCache(dir, 1000, blobs); err == nil {
		t.Fatal("a second executor took the directory of a running one")
	}
	first.close()

	if err := os.WriteFile(filepath.Join(dir, string(hashes[1])), []byte("damage!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, fetchPrefix+"1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := os.Stat(filepath.Join(dir, string(hashes[0])))
	if err != nil {
		t.Fatal(err)
	}
	second := mustOpenCache(t, dir, 1000, blobs)
	if got := read(t, second, hashes[0]) + read(t, second, hashes[1]); got != "wholedamaged" {
		t.Errorf("after a restart the cache gives %q", got)
	}
	again, err := os.Stat(filepath.Join(dir, string(hashes[0])))
	if err != nil || !os.SameFile(kept, again) {
		t.Errorf("a whole file was fetched again: %v", err)
	}
	if _, names := onDisk(t, dir); len(names) != 2 {
		t.Errorf("the cache holds %v, want the two blobs alone", names)
	}
}

func TestAbsentAndDamagedBlobs(t *testing.T) {
	root := t.TempDir()
	blobs, err := blob.Open(t.Context(), "dir:"+root)
	if err != nil {
		t.Fatal(err)
	}
	h, _, err := blobs.Put(t.Context(), strings.NewReader("content"))
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			return os.WriteFile(path, []byte("CONTENT"), 0o600)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	c := mustOpenCache(t, dir, 1000, blobs)
	absent := deemster.Hash(strings.Repeat("0", 64))
	for _, test := range []struct {
		hash deemster.Hash
		want error
	}{{absent, blob.ErrNotFound}, {h, blob.ErrCorrupt}} {
		if _, err := c.open(t.Context(), test.hash); !errors.Is(err, test.want) {
			t.Errorf("open %s: %v, want %v", test.hash, err, test.want)
		}
	}
	if _, err := c.open(t.Context(), "../../etc/passwd"); err == nil {
		t.Error("a name that is no hash was opened")
	}
	if _, names := onDisk(t, dir); len(names) != 0 || c.used != 0 {
		t.Errorf("failed fetches left %v and count %d bytes", names, c.used)
	}
}

func TestCacheUnderContention(t *testing.T) {
	var contents []string
	for i := range 12 {
		contents = append(contents, strings.Repeat(string(rune('a'+i)), 500+i))
	}
	blobs, hashes := newBlobs(t, contents...)
	c := mustOpenCache(t, t.TempDir(), 4000, blobs)
	var readers sync.WaitGroup
	for worker := range 8 {
		random := rand.New(rand.NewPCG(1, uint64(worker)))
		readers.Go(func() {
			for range 100 {
				i := random.IntN(len(hashes))
				file, err := c.open(t.Context(), hashes[i])
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				content, err := io.ReadAll(file)
				file.Close()
				if err != nil || !bytes.Equal(content, []byte(contents[i])) {
					t.Errorf("blob %d: %d bytes, %v", i, len(content), err)
				}
			}
		})
	}
	readers.Wait()
	if c.used > c.budget {
		t.Errorf("%d bytes used in the end, over the budget of %d", c.used, c.budget)
	}
}
