package lang

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// prepareLimits hold for a script that fills a cache. Compiling Go's standard library
// takes minutes of processor time, and what it writes counts as memory.
var prepareLimits = deemster.Limits{
	CPU: 30 * time.Minute, Wall: 30 * time.Minute, Memory: 4 * deemster.GiB, Output: maxCache, Processes: 1024,
}

// Prepare fills the language's directory in cacheDir with what every compile needs and
// no submission's box may make for itself, such as Go's compiled standard library: boxes
// share nothing they can write. It runs the language's script in a box of its own, with
// the toolchain and nothing of any submission. It does nothing when that has been done
// before with this toolchain. Processes may share cacheDir; one prepares while the others
// wait.
func (l Language) Prepare(ctx context.Context, engine sandbox.Engine, cacheDir string) error {
	return l.fill(ctx, engine, cacheDir, l.PrepareScript)
}

// Warm adds to the cache what makes compiling faster and can be done without, such as a
// precompiled header. It is found from the moment it is complete.
func (l Language) Warm(ctx context.Context, engine sandbox.Engine, cacheDir string) error {
	return l.fill(ctx, engine, cacheDir, l.WarmScript)
}

// DefaultCacheDir is where prepared languages are kept: one place for the machine's root,
// which servers and commands share, and the user's own cache for other users.
func DefaultCacheDir() (string, error) {
	if os.MkdirAll(CacheDir, 0o755) == nil && unix.Access(CacheDir, unix.W_OK) == nil {
		return CacheDir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("lang: where to keep prepared languages: %w", err)
	}
	return filepath.Join(dir, "deemster", "languages"), nil
}

// fill runs a script in an empty directory that becomes the language's, complete or not
// at all.
func (l Language) fill(ctx context.Context, engine sandbox.Engine, cacheDir, script string) error {
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
	if err := errors.Join(os.RemoveAll(fresh), os.Mkdir(fresh, 0o755), os.Chmod(fresh, 0o755)); err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	if err := errors.Join(l.runScript(ctx, engine, fresh, script), ctx.Err()); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	// A cache that looks complete is never made anew, so it must be complete on the disk.
	if err := errors.Join(syncDisk(fresh), os.Rename(fresh, dir)); err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	return nil
}

func ready(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// runScript runs a script in a box, in an empty directory, and copies what it leaves
// there to dir. The files come out as an archive through standard output: nothing of the
// box is opened by name.
func (l Language) runScript(ctx context.Context, engine sandbox.Engine, dir, script string) (err error) {
	box, err := engine.NewBox(ctx)
	if err != nil {
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	archive, output := io.Pipe()
	unpacked := make(chan error, 1)
	go func() {
		err := unpack(archive, dir)
		_ = archive.CloseWithError(err) // the box is not to wait for a reader that gave up
		unpacked <- err
	}()
	script = "set -eu; umask 022; mkdir result; cd result\n(\n" + l.expand([]string{script}, nil, nil)[0] + "\n) >&2\ntar -cf - .\n"
	o, err := box.Run(ctx, sandbox.Command{
		Args: []string{"/bin/sh", "-c", script}, Stdout: output, KeepStderr: deemster.MaxStderr, Limits: prepareLimits,
	})
	_ = output.Close() // a pipe's never fails
	unpackErr := <-unpacked
	switch {
	case unpackErr != nil && o.Ending == "": // Run failed because of it, or beside it
		return fmt.Errorf("lang: prepare %s: %w", l.ID, errors.Join(unpackErr, err))
	case err != nil:
		return fmt.Errorf("lang: prepare %s: %w", l.ID, err)
	case o.Ending != sandbox.Exited || o.ExitCode != 0:
		last := o.Stderr[max(0, len(o.Stderr)-1000):]
		return &deemster.Error{
			Kind:  deemster.Unavailable,
			Title: fmt.Sprintf("%s: preparing the toolchain failed", l.Name),
			Cause: fmt.Errorf("%s %d %s: %s", o.Ending, o.ExitCode, o.Signal, strings.TrimSpace(string(last))),
		}
	case unpackErr != nil:
		return fmt.Errorf("lang: prepare %s: %w", l.ID, unpackErr)
	}
	return nil
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
	fmt.Fprintln(h, CacheDir, l.PrepareScript, l.WarmScript, l.version)
	for _, name := range slices.Sorted(maps.Keys(l.found)) {
		fmt.Fprintln(h, l.found[name].place, l.found[name].stamp)
	}
	return l.ID + "-" + hex.EncodeToString(h.Sum(nil)[:6])
}
