package channel

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

//go:embed testdata/race/flips.c
var flips []byte

// flipsWanted is how many times a name changes its meaning in each half of the race.
const flipsWanted = 10_000

// TestRaceOfLinks has a program turn names into links to a file of the host, and back,
// while the host does all that it ever does with a box. No link may be followed.
func TestRaceOfLinks(t *testing.T) {
	c := newCanary(t)
	program, err := os.ReadFile(buildFlips(t))
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t, native.Dir{Host: c.dir, Box: "/canary"})
	b, err := e.NewBox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.WriteFile("flips", program); err != nil {
		t.Fatal(err)
	}
	c.watch(t)

	// Files are written into /code while the program works there.
	made, refused := writeMeanwhile(t, b, c.file)
	t.Logf("%d files written, %d refused", made, refused)
	if made < 10 || refused < 10 {
		t.Errorf("of the writes %d were made and %d refused: too few to be a race", made, refused)
	}
	if err := b.Seal(); err != nil {
		t.Fatal(err)
	}
	// The working directory is cleared after each run, whatever it holds.
	for range 10 {
		o := boxtest.Run(t, b, sandbox.Command{Args: []string{"/code/flips", strconv.Itoa(flipsWanted / 10), c.file}, Limits: limits})
		if boxtest.Ending(o) != "exit 0" {
			t.Fatal(boxtest.Ending(o))
		}
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if hits := c.hits(t); hits != 0 {
		t.Errorf("%d hits", hits)
	}
	c.unchanged(t)
}

// writeMeanwhile writes files into the box's /code, under the names that a program there
// changes meanwhile.
func writeMeanwhile(t *testing.T, b sandbox.Box, target string) (made, refused int) {
	ctx, stop := context.WithCancel(t.Context())
	var flipped counter
	ended := make(chan error, 1)
	go func() {
		_, err := b.Run(ctx, sandbox.Command{
			Args: []string{"/code/flips", strconv.Itoa(1 << 40), target}, Stdout: &flipped, Limits: limits,
		})
		ended <- err
	}()
	for flipped.Load() < flipsWanted || made < 10 || refused < 10 {
		for _, name := range []string{"name", "link", "hard", "dir/name", "dir"} {
			switch err := b.WriteFile(name, []byte("written by the host")); {
			case err == nil:
				made++
			case errors.Is(err, unix.EEXIST), errors.Is(err, unix.ELOOP), errors.Is(err, unix.ENOENT), errors.Is(err, unix.ENOTDIR),
				errors.Is(err, unix.EISDIR), errors.Is(err, unix.EXDEV), errors.Is(err, unix.EAGAIN):
				refused++
			default:
				t.Fatal(err)
			}
		}
		select {
		case err := <-ended:
			t.Fatalf("the program ended early: %v", err)
		default:
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	return made, refused
}

// TestRaceIsReal is the control: a host that looks what a name is, and then opens it by
// that name, is led to the file sooner or later.
func TestRaceIsReal(t *testing.T) {
	c := newCanary(t)
	c.watch(t)
	program := exec.Command(buildFlips(t), strconv.Itoa(1<<40), c.file)
	program.Dir = t.TempDir()
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	}()
	name := filepath.Join(program.Dir, "name")
	for end := time.Now().Add(time.Minute); c.hits(t) == 0; {
		if time.Now().After(end) {
			t.Fatal("no hit: the race is not run")
		}
		for range 1000 {
			if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() {
				if f, err := os.Open(name); err == nil {
					_ = f.Close()
				}
			}
		}
	}
}

// counter counts the flips that the program reports.
type counter struct{ atomic.Int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.Add(64 * int64(bytes.Count(p, []byte("\n"))))
	return len(p), nil
}

// canary is a file of the host that nobody has a reason to touch.
type canary struct {
	dir, file string
	inotify   int
	before    unix.Stat_t
}

const canarySays = "nobody reads this"

func newCanary(t *testing.T) *canary {
	t.Helper()
	c := &canary{dir: t.TempDir()}
	c.file = filepath.Join(c.dir, "file")
	if err := os.WriteFile(c.file, []byte(canarySays), 0o666); err != nil {
		t.Fatal(err)
	}
	return c
}

// watch begins to count who opens, changes or lists.
func (c *canary) watch(t *testing.T) {
	t.Helper()
	var err error
	if c.inotify, err = unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(c.inotify) })
	for _, path := range []string{c.dir, c.file} {
		if _, err := unix.InotifyAddWatch(c.inotify, path, unix.IN_ALL_EVENTS); err != nil {
			t.Fatal(err)
		}
	}
	if err := unix.Stat(c.file, &c.before); err != nil {
		t.Fatal(err)
	}
}

// hits counts since the last time it was asked.
func (c *canary) hits(t *testing.T) (events int) {
	t.Helper()
	buffer := make([]byte, 64<<10)
	for {
		n, err := unix.Read(c.inotify, buffer)
		if errors.Is(err, unix.EAGAIN) {
			return events
		}
		if err != nil {
			t.Fatal(err)
		}
		events += max(n/unix.SizeofInotifyEvent, 1)
	}
}

// unchanged holds that the file is what it was.
func (c *canary) unchanged(t *testing.T) {
	t.Helper()
	var now unix.Stat_t
	if err := unix.Stat(c.file, &now); err != nil {
		t.Fatal(err)
	}
	if now != c.before {
		t.Errorf("before: %+v\nafter:  %+v", c.before, now)
	}
	content, err := os.ReadFile(c.file)
	if err != nil || string(content) != canarySays {
		t.Errorf("%q, %v", content, err)
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func buildFlips(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv(boxtest.Prebuilt); dir != "" {
		return filepath.Join(dir, "flips")
	}
	path := filepath.Join(t.TempDir(), "flips")
	gcc := exec.Command("gcc", "-static", "-O1", "-w", "-o", path, "-x", "c", "-")
	gcc.Stdin = strings.NewReader(string(flips))
	if log, err := gcc.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	return path
}
