package native_test

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
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

// TestNothingIsLeft makes, uses and destroys a thousand boxes and compares what this
// process has on the host before and after; and its memory after the first half and after
// the second.
func TestNothingIsLeft(t *testing.T) {
	boxes := 1000
	if os.Getenv(boxtest.Prebuilt) != "" {
		boxes = 100 // an emulated machine is fifty times slower
	}
	t.Setenv("TMPDIR", t.TempDir())
	e := open(t, 2)
	// The first boxes start what stays: threads that wait for the next, and the like.
	useBoxes(t, e, 20)
	before := settled(t)
	useBoxes(t, e, boxes/2)
	half := resident(t)
	useBoxes(t, e, boxes/2)
	full := resident(t)
	if after := settled(t); after != before {
		t.Errorf("before: %+v\nafter:  %+v", before, after)
	}
	if boxes == 1000 && full > half+half/10 { // of a hundred the runtime's own memory is still growing
		t.Errorf("resident memory grew from %d to %d KiB in the second half", half, full)
	}
	t.Logf("%d boxes: %+v left, resident %d KiB after half of them and %d KiB after all", boxes, before, half, full)
}

// useBoxes runs in each of n boxes a program that leaves all it can.
func useBoxes(t *testing.T, e *native.Engine, n int) {
	t.Helper()
	for range n {
		b, err := e.NewBox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := b.WriteFile("data", []byte("some")); err != nil {
			t.Fatal(err)
		}
		if err := b.Seal(); err != nil {
			t.Fatal(err)
		}
		o := boxtest.Run(t, b, sandbox.Command{
			Args:   []string{"/bin/sh", "-c", "sleep 100 & mkdir /scratch/d; echo x >/dev/shm/x; exit 0"},
			Limits: deemster.DefaultLimits,
		})
		if boxtest.Ending(o) != "exit 0" {
			t.Fatalf("%+v", o)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// settled waits until nothing more goes: threads and groups end a moment after their box
// is closed, and the pool is filled.
func settled(t *testing.T) left {
	last := footprint(t)
	for same, rounds := 0, 0; same < 10 && rounds < 1000; rounds++ {
		time.Sleep(20 * time.Millisecond)
		if now := footprint(t); now == last {
			same++
		} else {
			last, same = now, 0
		}
	}
	return last
}

// left is what there is of this process on the host. Threads are counted by what they are
// in: the runtime keeps some in the host's namespaces for later, and starts more when it
// likes.
type left struct{ groups, children, descriptors, mounts, inBoxes, temporary, keys int }

func footprint(t *testing.T) left {
	var l left
	_ = filepath.WalkDir("/sys/fs/cgroup", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.Contains(path, fmt.Sprintf("deemster-box-%d-", os.Getpid())) {
			l.groups++
		}
		return nil
	})
	tasks, _ := filepath.Glob("/proc/self/task/*")
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		children, _ := os.ReadFile(task + "/children")
		l.children += len(strings.Fields(string(children)))
		if namespace, err := os.Readlink(task + "/ns/mnt"); err == nil && namespace != own {
			l.inBoxes++
		}
	}
	l.descriptors, l.temporary = entries(t, "/proc/self/fd"), entries(t, os.TempDir())
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{" - tmpfs ", " - proc "} { // what boxes mount; others mount, too
		l.mounts += strings.Count(string(mounts), kind)
	}
	keys, _ := os.ReadFile("/proc/keys") // a kernel without keys has no such file
	for line := range strings.Lines(string(keys)) {
		if fields := strings.Fields(line); len(fields) > 5 && len(fields[5]) == len("1879048192") {
			l.keys++ // of a user that only boxes have
		}
	}
	return l
}

func entries(t *testing.T, dir string) int {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// resident is this process's memory in KiB, when what the runtime holds for later is given
// back.
func resident(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kib int
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		t.Fatal(err)
	}
	return kib
}

// Two boxes at one time do not see one another, and each is measured alone.
func TestBoxesSideBySide(t *testing.T) {
	e := open(t, 0)
	done := make(chan sandbox.Outcome)
	limits := deemster.DefaultLimits
	limits.CPU, limits.Wall = time.Minute, 2*time.Minute // an emulated machine takes its time
	for _, command := range []string{"i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done", "sleep 0.3"} {
		b := boxtest.Box(t, e)
		go func() {
			o, err := b.Run(t.Context(), sandbox.Command{Args: []string{"/bin/sh", "-c", command}, Limits: limits})
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
