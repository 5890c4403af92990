package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
)

// place is an empty store and how to damage what it keeps.
type place struct {
	spec   string
	damage func(t *testing.T, h deemster.Hash, content []byte)
}

// implementations names every store.
var implementations = map[string]func(t *testing.T) place{
	"dir": func(t *testing.T) place {
		path := filepath.Join(t.TempDir(), "made on open", "blobs")
		return place{"dir:" + path, func(t *testing.T, h deemster.Hash, content []byte) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(path, string(h[:2]), string(h[2:])), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}}
	},
}

// contract is what every store promises.
var contract = map[string]func(t *testing.T, s blob.Store, p place){
	"content comes back by its SHA-256":     testRoundTrip,
	"many may put the same at once":         testConcurrentPut,
	"what is not there is not found":        testNotFound,
	"damage is told, and healed by putting": testCorrupt,
	"a failed put stores nothing":           testFailedPut,
}

func TestContract(t *testing.T) {
	for name, newPlace := range implementations {
		t.Run(name, func(t *testing.T) {
			for promise, test := range contract {
				t.Run(promise, func(t *testing.T) {
					p := newPlace(t)
					test(t, open(t, p.spec), p)
				})
			}
		})
	}
}

func open(t *testing.T, spec string) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t *testing.T, s blob.Store, h deemster.Hash) ([]byte, error) {
	t.Helper()
	r, err := s.Open(t.Context(), h)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func testRoundTrip(t *testing.T, s blob.Store, p place) {
	for _, content := range [][]byte{nil, []byte("1 2\n"), bytes.Repeat([]byte("0123456789"), 100_000)} {
		h, size, err := s.Put(t.Context(), bytes.NewReader(content))
		if err != nil || h != deemster.HashOf(content) || int(size) != len(content) {
			t.Fatalf("put %d bytes: hash %s, size %d, error %v", len(content), h, size, err)
		}
		other := open(t, p.spec) // another process
		if got, err := read(t, other, h); err != nil || !bytes.Equal(got, content) {
			t.Errorf("read %d of %d bytes, error %v", len(got), len(content), err)
		}
		if size, err := other.Size(t.Context(), h); err != nil || int(size) != len(content) {
			t.Errorf("size %d, error %v; want %d", size, err, len(content))
		}
	}
}

func testConcurrentPut(t *testing.T, s blob.Store, _ place) {
	content := bytes.Repeat([]byte("same"), 10_000)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			h, _, err := s.Put(t.Context(), bytes.NewReader(content))
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := read(t, s, h); err != nil || !bytes.Equal(got, content) {
				t.Errorf("read %d bytes, error %v", len(got), err)
			}
		})
	}
	group.Wait()
}

func testNotFound(t *testing.T, s blob.Store, _ place) {
	for _, h := range []deemster.Hash{deemster.HashOf([]byte("absent")), "", "ab", "../../etc/passwd", deemster.Hash(strings.Repeat("A", 64))} {
		if _, err := s.Open(t.Context(), h); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("open %q: error %v, want ErrNotFound", h, err)
		}
		if _, err := s.Size(t.Context(), h); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("size of %q: error %v, want ErrNotFound", h, err)
		}
	}
}

func testCorrupt(t *testing.T, s blob.Store, p place) {
	content := []byte("the answer is 42\n")
	h, _, err := s.Put(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for _, damaged := range [][]byte{nil, content[:5], []byte("the answer is 43\n"), append(content, 'x')} {
		p.damage(t, h, damaged)
		if _, err := read(t, s, h); !errors.Is(err, blob.ErrCorrupt) {
			t.Errorf("content %q: error %v, want ErrCorrupt", damaged, err)
		}
	}
	if _, _, err := s.Put(t.Context(), bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, s, h); err != nil || !bytes.Equal(got, content) {
		t.Errorf("after putting it again: %q, error %v", got, err)
	}
}

func testFailedPut(t *testing.T, s blob.Store, _ place) {
	content := []byte("half of it")
	broken := errors.New("the reader broke")
	if _, _, err := s.Put(t.Context(), io.MultiReader(bytes.NewReader(content), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("error %v, want the reader's", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Put(ctx, bytes.NewReader(content)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	if _, err := s.Size(t.Context(), deemster.HashOf(content)); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestOpenRefuses(t *testing.T) {
	for _, spec := range []string{"", "dir", "dir:", "s3:https://key:secret@host/bucket", "/blobs"} {
		_, err := blob.Open(t.Context(), spec)
		if err == nil || !strings.Contains(err.Error(), "dir:PATH") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got error %v, want one that names dir:PATH and no secret", spec, err)
		}
	}
}
