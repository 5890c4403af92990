package executor

import (
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
)

const (
	cacheLock    = "lock"
	fetchPrefix  = "fetch-"
	fetchTimeout = 5 * time.Minute // of one blob
)

// cache keeps test data on the local disk, one file a blob, named by its hash. Its files
// together stay within a budget: the longest unused go first. Whoever has opened a file
// may read it to the end, for a file that is removed lives on while it is open; so what
// is removed under running judgements (two files a slot) comes on top of the budget.
type cache struct {
	dir    string
	budget deemster.Bytes
	blobs  blob.Store
	lock   *os.File
	flight singleflight.Group

	mu      sync.Mutex
	used    deemster.Bytes // by entries, and by fetches under way
	entries map[deemster.Hash]*list.Element
	recent  *list.List // of *entry, the last used in front
}

type entry struct {
	hash deemster.Hash
	size deemster.Bytes
	// verified is unset for a file found at the start, until its content was compared
	// with its name: a power cut may have torn it.
	verified bool
}

// openCache takes dir for this process alone, removes what an earlier one had not
// finished there, and takes over the rest.
func openCache(dir string, budget deemster.Bytes, blobs blob.Store) (*cache, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, cacheLock), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		lock.Close()
		return nil, fmt.Errorf("cache: %s belongs to an executor that is running; give each its own directory: %w", dir, err)
	}
	c := &cache{
		dir: dir, budget: budget, blobs: blobs, lock: lock,
		entries: map[deemster.Hash]*list.Element{}, recent: list.New(),
	}
	if err := c.adopt(); err != nil {
		lock.Close()
		return nil, fmt.Errorf("cache: %w", err)
	}
	return c, nil
}

// adopt takes over the files of an earlier process.
func (c *cache) adopt() error {
	files, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			return err
		}
		switch {
		case f.Name() == cacheLock:
		case deemster.Hash(f.Name()).Valid() && info.Mode().IsRegular():
			e := &entry{hash: deemster.Hash(f.Name()), size: deemster.Bytes(info.Size())}
			c.entries[e.hash] = c.recent.PushBack(e)
			c.used += e.size
		default:
			if err := os.RemoveAll(filepath.Join(c.dir, f.Name())); err != nil {
				return err
			}
		}
	}
	c.makeRoom(0)
	return nil
}

func (c *cache) close() { c.lock.Close() }

func (c *cache) path(h deemster.Hash) string { return filepath.Join(c.dir, string(h)) }

// open gives a descriptor of its own for a blob's content, fetching it when it is not
// here. Several who want the same blob at once wait for one fetch.
func (c *cache) open(ctx context.Context, h deemster.Hash) (*os.File, error) {
	if !h.Valid() {
		return nil, fmt.Errorf("cache: %q is not a hash", h)
	}
	// Between a fetch and the opening, others may push the file out again: hence the
	// few tries.
	for range 4 {
		file, err := c.cached(h)
		if err != nil || file != nil {
			return file, err
		}
		fetched := c.flight.DoChan(string(h), func() (any, error) {
			// Others may wait for it too: it does not end with the first who asked.
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetchTimeout)
			defer cancel()
			return nil, c.fetch(ctx, h)
		})
		select {
		case r := <-fetched:
			if r.Err != nil {
				return nil, fmt.Errorf("cache: fetch %s: %w", h, r.Err)
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	return nil, fmt.Errorf("cache: %s is pushed out as soon as it is fetched: raise the cache's budget of %s", h, c.budget)
}

// cached opens a blob that is here; nil when it is not, or is damaged.
func (c *cache) cached(h deemster.Hash) (*os.File, error) {
	c.mu.Lock()
	element, ok := c.entries[h]
	if !ok {
		c.mu.Unlock()
		return nil, nil
	}
	c.recent.MoveToFront(element)
	verified := element.Value.(*entry).verified
	file, err := os.Open(c.path(h))
	c.mu.Unlock()
	if errors.Is(err, fs.ErrNotExist) {
		c.forget(h)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	if verified {
		return file, nil
	}
	return c.verify(h, file)
}

// verify compares a file's content with its name; nil when they differ.
func (c *cache) verify(h deemster.Hash, file *os.File) (*os.File, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("cache: %w", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != string(h) {
		file.Close()
		c.forget(h)
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.entries[h]; ok {
		element.Value.(*entry).verified = true
	}
	return file, nil
}

// fetch brings a blob here. Its room is made before its first byte is written.
func (c *cache) fetch(ctx context.Context, h deemster.Hash) error {
	c.mu.Lock()
	_, here := c.entries[h]
	c.mu.Unlock()
	if here {
		return nil
	}
	size, err := c.blobs.Size(ctx, h)
	if err != nil {
		return err
	}
	c.makeRoom(size)
	if err := c.download(ctx, h, size); err != nil {
		c.mu.Lock()
		c.used -= size
		c.mu.Unlock()
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[h] = c.recent.PushFront(&entry{hash: h, size: size, verified: true})
	return nil
}

// download writes a blob to a file of its own and gives it its name when it is whole.
func (c *cache) download(ctx context.Context, h deemster.Hash, size deemster.Bytes) (err error) {
	from, err := c.blobs.Open(ctx, h)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.CreateTemp(c.dir, fetchPrefix)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, to.Close())
		if err == nil {
			err = os.Rename(to.Name(), c.path(h))
		}
		if err != nil {
			_ = os.Remove(to.Name())
		}
	}()
	// The reader's own check comes at its end, so it is read to the end.
	n, err := io.Copy(to, from)
	if err == nil && deemster.Bytes(n) != size {
		err = fmt.Errorf("%w: %d bytes came of %d", blob.ErrCorrupt, n, size)
	}
	return err
}

// makeRoom reserves size bytes and removes the longest unused files until all fits, or
// nothing is left to remove.
func (c *cache) makeRoom(size deemster.Bytes) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used += size
	for c.used > c.budget && c.recent.Len() > 0 {
		c.remove(c.recent.Back())
	}
}

// forget drops a blob whose file is gone or damaged.
func (c *cache) forget(h deemster.Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.entries[h]; ok {
		c.remove(element)
	}
}

// remove deletes an entry and its file; c.mu is held.
func (c *cache) remove(element *list.Element) {
	e := element.Value.(*entry)
	c.recent.Remove(element)
	delete(c.entries, e.hash)
	c.used -= e.size
	_ = os.Remove(c.path(e.hash)) // if it stays, adopt counts it at the next start
}
