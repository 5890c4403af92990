package watch

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// The program ends because of what Long does, and prints more than once before.
func TestLongIsCalledOnce(t *testing.T) {
	var output bytes.Buffer
	limits := deemster.Limits{CPU: time.Minute, Wall: time.Minute, Output: deemster.MiB}
	r, stdio, err := Open(&sandbox.Command{Stdout: &output, Limits: limits}, -1, make([]byte, BufferSize))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	program := exec.Command("/bin/sh", "-c", "echo begun; cat; echo over")
	input, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.NewFile(uintptr(dup(t, stdio[1])), "stdout")
	program.Stdout = stdout
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Wait()
	stdout.Close()
	pidfd, err := unix.PidfdOpen(program.Process.Pid, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(pidfd)
	wake, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(wake)

	calls := 0
	r.Started(time.Now())
	err = r.Watch(context.Background(), Watched{
		Ended: pidfd, Wake: wake, Processors: 1,
		CPU: func() (time.Duration, error) { return 0, nil },
		Long: func() error {
			calls++
			return input.Close()
		},
	})
	if err != nil || r.Ending != "" {
		t.Fatalf("ending %q, error %v", r.Ending, err)
	}
	if err := r.Drain(); err != nil {
		t.Fatal(err)
	}
	if calls != 1 || output.String() != "begun\nover\n" {
		t.Errorf("Long was called %d times; the program printed %q", calls, output.String())
	}
}

func dup(t *testing.T, fd int) int {
	t.Helper()
	other, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	return other
}
