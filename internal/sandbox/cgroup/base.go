package cgroup

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// basePrefix begins the name of every base. The number after it is the owner's, for
// people to read: in a container it may mean another process.
const basePrefix = "deemster-box-"

// base is the directory that holds the groups of one process in one hierarchy. It is
// locked while its owner lives, however that ends: what is not locked has been left behind.
type base struct {
	dir  string
	lock control
}

// newBase makes a base in parent, and removes those that dead processes have left there.
func newBase(parent string) (base, error) {
	removeStale(parent)
	for {
		var unique [4]byte
		_, _ = rand.Read(unique[:]) // it never fails
		b := base{dir: filepath.Join(parent, fmt.Sprintf("%s%d-%s", basePrefix, os.Getpid(), hex.EncodeToString(unique[:])))}
		if err := os.Mkdir(b.dir, 0o755); err != nil {
			return base{}, fmt.Errorf("cgroup: %w", err)
		}
		taken, err := b.take()
		if err != nil || taken {
			return b, err
		}
		b.lock.close()
	}
}

// take locks the base. Between its making and its locking another process may have held
// it for one left behind: then it is not ours.
func (b *base) take() (bool, error) {
	var err error
	b.lock, err = openControl(b.dir, ".", unix.O_RDONLY|unix.O_DIRECTORY)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	err = unix.Flock(b.lock.fd, unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cgroup: lock %s: %w", b.dir, err)
	}
	_, err = os.Stat(b.dir)
	return err == nil, nil
}

func (b *base) close() error {
	if b.dir == "" {
		return nil
	}
	err := removeGroup(b.dir)
	b.lock.close()
	return err
}

// removeStale removes from parent the bases that nobody has locked. What is still in use
// for a moment more is left to the next time.
func removeStale(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), basePrefix) {
			continue
		}
		left := base{dir: filepath.Join(parent, e.Name())}
		if taken, _ := left.take(); taken {
			removeTree(left.dir)
		}
		left.lock.close()
	}
}

// removeTree removes a directory of the control group file system with those in it.
func removeTree(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() {
			removeTree(filepath.Join(dir, e.Name()))
		}
	}
	_ = unix.Rmdir(dir)
}
