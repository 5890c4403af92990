package lang

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
)

// Prepare fills the language's directory in cacheDir with what every compile needs and
// no box may make for itself, such as Go's compiled standard library: boxes share
// nothing they can write. It runs the language's script on the host, with the toolchain
// and nothing of any submission. It does nothing when that has been done before with
// this toolchain. Processes may share cacheDir; one prepares while the others wait.
func (l Language) Prepare(ctx context.Context, cacheDir string) error {
	return l.fill(ctx, cacheDir, l.PrepareScript)
}

// Warm adds to the cache what makes compiling faster and can be done without, such as a
// precompiled header. It is found from the moment it is complete.
func (l Language) Warm(ctx context.Context, cacheDir string) error {
	return l.fill(ctx, cacheDir, l.WarmScript)
}

// DefaultCacheDir is the user's own cache of prepared languages, which servers and
// commands share.
func DefaultCacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("lang: where to keep prepared languages: %w", err)
	}
	return filepath.Join(dir, "deemster", "languages"), nil
}

// fill runs a script in an empty directory that becomes the language's, complete or not
// at all.
func (l Language) fill(ctx context.Context, cacheDir, script string) error {
	if script == "" {
		return nil
	}
	dir := filepath.Join(cacheDir, l.cache)
	if ready(dir) {
		return nil
	}
	if err := os.MkdirAll(cacheDir, 0o755); err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	unlock, err := lock(ctx, dir+".lock")
	if err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	defer unlock()
	if ready(dir) { // by another process, meanwhile
		return nil
	}
	fresh := dir + ".new"
	if err := errors.Join(os.RemoveAll(fresh), os.Mkdir(fresh, 0o755)); err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	if err := errors.Join(l.runScript(ctx, fresh, script), ctx.Err()); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	if err := os.Rename(fresh, dir); err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	return nil
}

func ready(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// runScript runs a script on the host, in dir.
func (l Language) runScript(ctx context.Context, dir, script string) error {
	script = "set -eu; umask 022\n" + l.expand([]string{script}, nil, nil)[0]
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", script)
	cmd.Dir = dir
	cmd.Env = hostEnv()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its children can be ended too
	cmd.Cancel = func() error { return unix.Kill(-cmd.Process.Pid, unix.SIGKILL) }
	cmd.WaitDelay = time.Second
	output, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	last := output[max(0, len(output)-1000):]
	return &deemster.Error{
		Kind:  deemster.Unavailable,
		Title: fmt.Sprintf("%s: preparing the toolchain failed", l.Name),
		Cause: fmt.Errorf("%w: %s", err, strings.TrimSpace(string(last))),
	}
}

// lock takes the lock file at path, which tells processes apart as well as goroutines.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return func() { _ = f.Close() }, nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errors.Join(&fs.PathError{Op: "lock", Path: path, Err: err}, f.Close())
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		}
	}
}

// cacheName names the language's directory in the cache. Another toolchain or another
// script has another one.
func (l Language) cacheName() string {
	h := sha256.New()
	fmt.Fprintln(h, l.PrepareScript, l.WarmScript)
	for _, name := range slices.Sorted(maps.Keys(l.Tools)) {
		place, _ := l.tool(name)
		for _, path := range []string{place, filepath.Join(place, "VERSION")} {
			if info, err := os.Stat(path); err == nil {
				fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return l.ID + "-" + hex.EncodeToString(h.Sum(nil)[:6])
}
