package oci_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/cgroup"
	"github.com/deemster-oj/deemster/internal/sandbox/oci"
)

// victimRuntime, an environment variable, makes this program an executor that is killed.
const victimRuntime = "DEEMSTER_OCI_VICTIM"

func TestMain(m *testing.M) {
	if runtime := os.Getenv(victimRuntime); runtime != "" {
		if err := victim(runtime); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// onEach runs a test with each runtime. One that is missing fails it: the error says how
// to get it.
func onEach(t *testing.T, test func(t *testing.T, e *oci.Engine)) {
	for _, runtime := range []string{"crun", "runc", "runsc"} {
		t.Run(runtime, func(t *testing.T) {
			e, err := oci.New(t.Context(), oci.Config{Runtime: runtime, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := e.Close(); err != nil {
					t.Error(err)
				}
			})
			t.Log(e.Name())
			test(t, e)
		})
	}
}

func TestContract(t *testing.T) {
	onEach(t, func(t *testing.T, e *oci.Engine) { boxtest.Contract(t, e) })
}

// What boxes leave behind on the host, counted before and after.
func TestNothingIsLeft(t *testing.T) {
	onEach(t, func(t *testing.T, e *oci.Engine) {
		before := settled(t)
		for range 5 {
			b, err := e.NewBox(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []struct{ script, ending string }{
				{"sleep 100 & exit 0", "exit 0"}, {"sleep 100", "wall"}, {"kill -SEGV $$", "signal SIGSEGV"},
			} {
				limits := deemster.DefaultLimits
				limits.Wall = 200 * time.Millisecond
				if want.ending != "wall" {
					limits.Wall = 10 * time.Second
				}
				o := boxtest.Run(t, b, sandbox.Command{Args: []string{"/bin/sh", "-c", want.script}, Limits: limits})
				if boxtest.Ending(o) != want.ending {
					t.Fatalf("%s: %+v", want.script, o)
				}
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if after := settled(t); after != before {
			t.Errorf("before: %+v\nafter:  %+v", before, after)
		}
	})
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

type left struct{ groups, children, descriptors, mounts, notes int }

func footprint(t *testing.T) left {
	var l left
	groupsOf(os.Getpid(), func(string) { l.groups++ })
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
	for _, ours := range []string{" deemster ", " /tmp/box ", " /tmp/code ", " /tmp/runtime "} {
		l.mounts += strings.Count(string(mounts), ours)
	}
	for _, pattern := range []string{"/run/runc/*", "/run/crun/*", "/run/runsc/*", "/tmp/box", "/tmp/root"} {
		found, _ := filepath.Glob(pattern)
		l.notes += len(found)
	}
	l.descriptors = len(descriptors)
	return l
}

// groupsOf visits the control groups that an executor made.
func groupsOf(executor int, visit func(dir string)) {
	_ = filepath.WalkDir(cgroup.Root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && strings.Contains(path, fmt.Sprintf("deemster-box-%d-", executor)) {
			visit(path)
		}
		return nil
	})
}

// When the executor is killed its containers end, whatever runs in them.
func TestContainersEndWithTheExecutor(t *testing.T) {
	for _, runtime := range []string{"crun", "runc", "runsc"} {
		t.Run(runtime, func(t *testing.T) {
			executor := exec.Command("/proc/self/exe")
			executor.Env = append(os.Environ(), victimRuntime+"="+runtime)
			executor.Stderr = os.Stderr
			said, err := executor.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := executor.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(said).ReadString('\n')
			if err != nil || line != "running\n" {
				t.Fatalf("%q, %v", line, err)
			}
			running := func() (n int) {
				groupsOf(executor.Process.Pid, func(dir string) {
					procs, _ := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
					n += len(strings.Fields(string(procs)))
				})
				return n
			}
			if running() == 0 {
				t.Error("nothing runs: the test would show nothing")
			}
			if err := executor.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = executor.Wait()
			for running() > 0 { // until the test's own deadline
				if err := t.Context().Err(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(10 * time.Millisecond)
			}
			groups, err := cgroup.Open() // removes what is left of dead executors
			if err != nil {
				t.Fatal(err)
			}
			if err := groups.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// victim runs a program that does not end, and says so.
func victim(runtime string) error {
	e, err := oci.New(context.Background(), oci.Config{Runtime: runtime, Log: slog.Default()})
	if err != nil {
		return err
	}
	b, err := e.NewBox(context.Background())
	if err != nil {
		return err
	}
	if err := b.Seal(); err != nil {
		return err
	}
	_, err = b.Run(context.Background(), sandbox.Command{
		Args: []string{"/bin/sh", "-c", "echo running; sleep 1000 & while :; do :; done"}, Stdout: os.Stdout, Limits: deemster.Limits{
			CPU: time.Hour, Wall: time.Hour, Memory: 256 * deemster.MiB, Output: deemster.MiB, Processes: 16,
		},
	})
	return err
}

// Two boxes at one time do not see one another, and each is measured alone.
func TestBoxesSideBySide(t *testing.T) {
	onEach(t, func(t *testing.T, e *oci.Engine) {
		done := make(chan sandbox.Outcome)
		for _, script := range []string{"i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done", "sleep 0.3"} {
			b := boxtest.Box(t, e)
			go func() {
				o, err := b.Run(t.Context(), sandbox.Command{Args: []string{"/bin/sh", "-c", script}, Limits: deemster.DefaultLimits})
				if err != nil || boxtest.Ending(o) != "exit 0" {
					t.Errorf("%s: %+v, %v", script, o, err)
				}
				done <- o
			}()
		}
		first, second := <-done, <-done
		if first.CPU < second.CPU {
			first, second = second, first
		}
		if second.CPU*2 > first.CPU {
			t.Errorf("the sleeper was charged %s, the worker %s", second.CPU, first.CPU)
		}
	})
}

// What a program reads from stays the host's: its owner does not change while the program
// runs, and the program cannot open it anew to write.
func TestInputStaysTheHosts(t *testing.T) {
	onEach(t, func(t *testing.T, e *oci.Engine) {
		path := filepath.Join(t.TempDir(), "input")
		if err := os.WriteFile(path, []byte("42\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		input, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer input.Close()
		b := boxtest.Box(t, e)
		null, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		defer null.Close()
		out := &lookingAt{files: []*os.File{input, null}}
		o := boxtest.Run(t, b, sandbox.Command{
			Args:  []string{"/bin/sh", "-c", "read x; echo $x; (echo 43 >/proc/self/fd/0) 2>/dev/null && echo written"},
			Stdin: input, Stdout: out, Limits: deemster.DefaultLimits,
		})
		if got := out.String(); got != "42\n" {
			t.Errorf("%+v, printed %q", o, got)
		}
		if content, err := os.ReadFile(path); err != nil || string(content) != "42\n" {
			t.Errorf("the input is now %q, %v", content, err)
		}
		if !slices.Equal(out.owners, []uint32{0, 0}) {
			t.Errorf("while the program ran, its input and /dev/null belonged to %d", out.owners)
		}
	})
}

// lookingAt takes output, and at the first of it looks whom files belong to. It is called
// by a thread that does not see their paths.
type lookingAt struct {
	bytes.Buffer
	files  []*os.File
	owners []uint32
}

func (l *lookingAt) Write(p []byte) (int, error) {
	for _, file := range l.files[len(l.owners):] {
		var stat unix.Stat_t
		if err := unix.Fstat(int(file.Fd()), &stat); err != nil {
			return 0, err
		}
		l.owners = append(l.owners, stat.Uid)
	}
	return l.Buffer.Write(p)
}

// BenchmarkRun is a run of nothing in a prepared box.
func BenchmarkRun(b *testing.B) {
	for _, runtime := range []string{"crun", "runc", "runsc"} {
		b.Run(runtime, func(b *testing.B) {
			e, err := oci.New(b.Context(), oci.Config{Runtime: runtime, Log: slog.Default()})
			if err != nil {
				b.Fatal(err)
			}
			box := boxtest.Box(b, e)
			for b.Loop() {
				boxtest.Run(b, box, sandbox.Command{Args: []string{"/bin/true"}, Limits: deemster.DefaultLimits})
			}
			if err := box.Close(); err != nil {
				b.Fatal(err)
			}
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
