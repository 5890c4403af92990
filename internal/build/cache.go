package build

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox/artefact"
)

const (
	lockName    = "lock"
	storePrefix = "store-"
)

// DefaultCache is how much a cache holds when nothing else is said.
const DefaultCache = deemster.GiB

// Cache keeps builds on the local disk, one file each, named by its key and nothing that
// comes from a box. Its files together stay within a budget, but for those being written:
// the longest unused go first. Every file carries the hash of its content, which is
// compared at every reading: one that is damaged counts as absent.
type Cache struct {
	dir    string
	budget deemster.Bytes
	lock   *os.File
	log    *slog.Logger

	mu      sync.Mutex
	used    deemster.Bytes
	entries map[key]*list.Element
	recent  *list.List // of entry, the last used in front
}

type entry struct {
	key  key
	size deemster.Bytes
}

// OpenCache takes dir for this process alone, removes what an earlier one had not finished
// there, and takes over the rest.
func OpenCache(dir string, budget deemster.Bytes, log *slog.Logger) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("build: cache: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("build: cache: %w", err)
	}
	c := &Cache{dir: dir, budget: budget, lock: lock, log: log, entries: map[key]*list.Element{}, recent: list.New()}
	if err = unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		err = fmt.Errorf("%s belongs to a process that is running; give each its own directory: %w", dir, err)
	} else {
		err = c.adopt()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("build: cache: %w", err), lock.Close())
	}
	return c, nil
}

// Close gives the directory back, with what is in it.
func (c *Cache) Close() error { return c.lock.Close() }

// adopt takes over the files of an earlier process.
func (c *Cache) adopt() error {
	files, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			return err
		}
		switch k := key(f.Name()); {
		case f.Name() == lockName:
		case k.valid() && info.Mode().IsRegular():
			c.add(k, deemster.Bytes(info.Size()))
		default:
			if err := os.RemoveAll(filepath.Join(c.dir, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Cache) path(k key) string { return filepath.Join(c.dir, string(k)) }

// add counts a file that has its name, and removes the longest unused ones that have no
// room any more.
func (c *Cache) add(k key, size deemster.Bytes) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.entries[k]; ok { // whose file has been replaced
		c.used -= c.recent.Remove(old).(entry).size
	}
	c.entries[k] = c.recent.PushFront(entry{k, size})
	c.used += size
	for c.used > c.budget && c.recent.Len() > 0 {
		c.remove(c.recent.Back())
	}
}

// remove deletes an entry and its file; c.mu is held.
func (c *Cache) remove(element *list.Element) {
	e := c.recent.Remove(element).(entry)
	delete(c.entries, e.key)
	c.used -= e.size
	_ = os.Remove(c.path(e.key)) // if it stays, adopt counts it at the next start
}

// kept is a build in the cache, open for reading also when it is removed meanwhile.
type kept struct {
	result
	file *os.File
	code int64 // where in the file the artefact begins
}

// result is how a build ended.
type result struct {
	OK  bool
	Log string
}

// label lies before everything else in a file: a hash of what follows it, and how long the
// result is, which comes first.
type label struct {
	Hash   [sha256.Size]byte
	Result uint32
}

const labelSize = sha256.Size + 4

// find opens a build; it is nil when it is not here, or damaged.
func (c *Cache) find(k key) *kept {
	c.mu.Lock()
	element, here := c.entries[k]
	if !here {
		c.mu.Unlock()
		return nil
	}
	c.recent.MoveToFront(element)
	file, err := os.Open(c.path(k))
	c.mu.Unlock()
	if err == nil {
		var found *kept
		if found, err = read(file); err == nil {
			return found
		}
		_ = file.Close()
	}
	c.log.Warn("build: a kept build is of no use", "key", k, "err", err)
	c.mu.Lock()
	defer c.mu.Unlock()
	if again, ok := c.entries[k]; ok && again == element {
		c.remove(element)
	}
	return nil
}

var errDamaged = errors.New("it is damaged")

// read looks through a whole file.
func read(file *os.File) (*kept, error) {
	var l label
	if err := binary.Read(file, binary.BigEndian, &l); err != nil {
		return nil, err
	}
	hash := sha256.New()
	if err := binary.Write(hash, binary.BigEndian, l.Result); err != nil {
		return nil, err
	}
	if deemster.Bytes(l.Result) > 8*deemster.MaxCompileLog {
		return nil, errDamaged
	}
	text := make([]byte, l.Result)
	from := io.TeeReader(file, hash)
	if _, err := io.ReadFull(from, text); err != nil {
		return nil, err
	}
	if _, err := io.Copy(hash, file); err != nil {
		return nil, err
	}
	if !bytes.Equal(hash.Sum(nil), l.Hash[:]) {
		return nil, errDamaged
	}
	k := &kept{file: file, code: labelSize + int64(l.Result)}
	return k, json.Unmarshal(text, &k.result)
}

// artefact reads what the compilers have left.
func (k *kept) artefact() io.Reader {
	const all = 1 << 62
	return io.NewSectionReader(k.file, k.code, all)
}

// store keeps a build, with what is in code if it has succeeded.
func (c *Cache) store(k key, r result, code *os.File) error {
	file, err := os.CreateTemp(c.dir, storePrefix)
	if err != nil {
		return fmt.Errorf("build: keep: %w", err)
	}
	size, err := write(file, r, code)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), c.path(k))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("build: keep: %w", err), os.Remove(file.Name()))
	}
	c.add(k, size)
	return nil
}

// write writes a file, and its label last.
func write(file *os.File, r result, code *os.File) (deemster.Bytes, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	l := label{Result: uint32(len(text))}
	hash := sha256.New()
	if err := binary.Write(hash, binary.BigEndian, l.Result); err != nil {
		return 0, err
	}
	if _, err := file.Seek(labelSize, io.SeekStart); err != nil {
		return 0, err
	}
	to := io.MultiWriter(file, hash)
	if _, err := to.Write(text); err != nil {
		return 0, err
	}
	if code != nil {
		if err := artefact.Write(code, to); err != nil {
			return 0, err
		}
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	hash.Sum(l.Hash[:0])
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	return deemster.Bytes(size), binary.Write(file, binary.BigEndian, l)
}
