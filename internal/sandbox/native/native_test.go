package native_test

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

func open(t testing.TB, pool int) *native.Engine {
	t.Helper()
	e, err := native.New(native.Config{Pool: pool, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestContract(t *testing.T) { boxtest.Contract(t, open(t, 2)) }

// What boxes leave behind on the host, counted before and after.
func TestNothingIsLeft(t *testing.T) {
	e := open(t, 0)
	// The first box starts what stays: threads that wait for the next, and the like.
	boxtest.Box(t, e).Close()
	before := settled(t)
	for range 50 {
		b, err := e.NewBox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o := boxtest.Run(t, b, sandbox.Command{Args: []string{"/bin/sh", "-c", "sleep 100 & exit 0"}, Limits: deemster.DefaultLimits})
		if boxtest.Ending(o) != "exit 0" {
			t.Fatalf("%+v", o)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if after := settled(t); after != before {
		t.Errorf("before: %+v\nafter:  %+v", before, after)
	}
}

// settled waits until nothing more goes: threads and groups end a moment after their box
// is closed.
func settled(t *testing.T) left {
	last := footprint(t)
	for same := 0; same < 5; {
		time.Sleep(20 * time.Millisecond)
		if now := footprint(t); now == last {
			same++
		} else {
			last, same = now, 0
		}
	}
	return last
}

type left struct{ groups, children, descriptors, mounts int }

func footprint(t *testing.T) left {
	var l left
	_ = filepath.WalkDir("/sys/fs/cgroup", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.Contains(path, fmt.Sprintf("deemster-box-%d-", os.Getpid())) {
			l.groups++
		}
		return nil
	})
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	for _, task := range tasks {
		children, _ := os.ReadFile(task)
		l.children += len(strings.Fields(string(children)))
	}
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	l.descriptors, l.mounts = len(descriptors), strings.Count(string(mounts), "\n")
	return l
}

// Two boxes at one time do not see one another, and each is measured alone.
func TestBoxesSideBySide(t *testing.T) {
	e := open(t, 0)
	done := make(chan sandbox.Outcome)
	for _, command := range []string{"i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done", "sleep 0.3"} {
		b := boxtest.Box(t, e)
		go func() {
			o, err := b.Run(t.Context(), sandbox.Command{Args: []string{"/bin/sh", "-c", command}, Limits: deemster.DefaultLimits})
			if err != nil || boxtest.Ending(o) != "exit 0" {
				t.Errorf("%s: %+v, %v", command, o, err)
			}
			done <- o
		}()
	}
	first, second := <-done, <-done
	if first.CPU < second.CPU {
		first, second = second, first
	}
	if second.CPU*4 > first.CPU {
		t.Errorf("the sleeper was charged %s, the worker %s", second.CPU, first.CPU)
	}
}

// BenchmarkRun is a run in a prepared box; BenchmarkBare is the same program bare.
func BenchmarkRun(b *testing.B) {
	prebuilt(b)
	e := open(b, 0)
	box := boxtest.Box(b, e, "helper-hello")
	for b.Loop() {
		boxtest.Run(b, box, sandbox.Command{Args: []string{"/code/helper-hello"}, Limits: deemster.DefaultLimits})
	}
}

func BenchmarkBare(b *testing.B) {
	program := filepath.Join(prebuilt(b), "helper-hello")
	for b.Loop() {
		if _, err := exec.Command(program).Output(); err != nil {
			b.Fatal(err)
		}
	}
}

// prebuilt compiles the programs, for boxes and for running them bare alike.
func prebuilt(b *testing.B) (dir string) {
	dir = b.TempDir()
	if err := boxtest.Prebuild(dir); err != nil {
		b.Fatal(err)
	}
	b.Setenv(boxtest.Prebuilt, dir)
	return dir
}

func BenchmarkBox(b *testing.B) {
	e := open(b, 0)
	for b.Loop() {
		box, err := e.NewBox(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		boxtest.Run(b, box, sandbox.Command{Args: []string{"/bin/true"}, Limits: deemster.DefaultLimits})
		if err := box.Close(); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
}
