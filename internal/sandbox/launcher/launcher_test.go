package launcher_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/launcher"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// start starts a launcher with nothing around it.
func start(t *testing.T) (*launcher.Launcher, spawn.Process) {
	t.Helper()
	file, err := launcher.File()
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(file)
	l, theirs, err := launcher.Pair()
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(theirs)
	null, err := unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(null)
	child := spawn.Child{
		File: file, Args: []string{"launcher"}, Files: []int{null, null, null, theirs},
		PidNamespace: -1, UserNamespace: -1, KeepID: true, Landlock: -1, Cgroup: -1,
	}
	p, err := child.Start(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = l.Close() // a test may have closed it
		status, err := p.Wait()
		if err != nil || !status.Exited() && status.Signal() != unix.SIGKILL {
			t.Errorf("the launcher ended with %#x, %v", status, err)
		}
		_ = p.Close()
	})
	return l, p
}

// run starts a program and gives what it printed and its exit status.
func run(t *testing.T, l *launcher.Launcher, p launcher.Program) (string, int) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	null, err := os.Open("/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	p.Stdio, p.Rules = [3]int{int(null.Fd()), int(w.Fd()), int(w.Fd())}, -1
	pid, err := l.Start(&p)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	var status unix.WaitStatus
	if _, err := unix.Wait4(pid, &status, 0, nil); err != nil {
		t.Fatal(err)
	}
	return string(out), status.ExitStatus()
}

func TestStart(t *testing.T) {
	l, _ := start(t)
	for range 3 {
		out, status := run(t, l, launcher.Program{
			Path: "/bin/sh", Args: []string{"sh", "-c", `echo "$0 $1 $A" $(pwd) $(ulimit -n) $(ls /proc/self/fd); exit 7`, "", "two words"},
			Env: []string{"A=a", "PATH=/bin"}, Dir: "/dev",
			Limits: []spawn.Limit{{Resource: unix.RLIMIT_NOFILE, Value: 77}},
		})
		// ls has 0, 1, 2 and the directory that it reads.
		if out != " two words a /dev 77 0 1 2 3\n" || status != 7 {
			t.Errorf("printed %q, exit status %d", out, status)
		}
	}
}

func TestFailures(t *testing.T) {
	l, _ := start(t)
	null, err := os.Open("/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	fd := int(null.Fd())
	good := launcher.Program{Path: "/bin/true", Args: []string{"true"}, Dir: "/", Stdio: [3]int{fd, fd, fd}, Rules: -1}
	for name, c := range map[string]struct {
		change func(*launcher.Program)
		step   string
		errno  unix.Errno
		exec   bool
	}{
		"no program":   {func(p *launcher.Program) { p.Path = "/none" }, "execute", unix.ENOENT, true},
		"no directory": {func(p *launcher.Program) { p.Dir = "/none" }, "change directory", unix.ENOENT, false},
		"no rules":     {func(p *launcher.Program) { p.Rules = fd }, "restrict access to files", unix.EBADFD, false},
		"too long":     {func(p *launcher.Program) { p.Args = []string{strings.Repeat("a", launcher.MaxArguments)} }, "execute", unix.E2BIG, true},
		"a bad limit":  {func(p *launcher.Program) { p.Limits = []spawn.Limit{{Resource: 99}} }, "set limits", unix.EINVAL, false},
	} {
		p := good
		c.change(&p)
		pid, err := l.Start(&p)
		var failed *launcher.Error
		if !errors.As(err, &failed) || failed.Step != c.step || failed.Errno != c.errno || failed.Exec != c.exec {
			t.Errorf("%s: %v", name, err)
		}
		if pid > 0 {
			if _, err := unix.Wait4(pid, nil, 0, nil); err != nil {
				t.Errorf("%s: the child that failed: %v", name, err)
			}
		}
	}
	p := good
	p.Args = []string{"a\x00b"}
	if _, err := l.Start(&p); err == nil {
		t.Error("a NUL in an argument is accepted")
	}
	if out, status := run(t, l, launcher.Program{Path: "/bin/echo", Args: []string{"echo", "still here"}, Dir: "/"}); out != "still here\n" || status != 0 {
		t.Errorf("after failures: %q, %d", out, status)
	}
}

func TestGone(t *testing.T) {
	l, p := start(t)
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	for ended := false; !ended; {
		var err error
		if ended, err = p.Ended(); err != nil {
			t.Fatal(err)
		}
	}
	null, err := os.Open("/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	fd := int(null.Fd())
	_, err = l.Start(&launcher.Program{Path: "/bin/true", Args: []string{"true"}, Dir: "/", Stdio: [3]int{fd, fd, fd}, Rules: -1})
	if !errors.Is(err, launcher.ErrGone) {
		t.Errorf("a launcher that was killed: %v", err)
	}
}
