package attack

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// The tests run in a process with an environment variable that holds a secret, and, if
// that can be, with mount, network and IPC namespaces of its own: what the rest of the
// machine does in the host's must not be taken for a prisoner's doing.
const secretVariable = "DEEMSTER_ATTACK_SECRET"

func TestMain(m *testing.M) {
	if os.Getenv(secretVariable) == "" {
		os.Exit(inside())
	}
	if err := furnish(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	m.Run()
}

func newSecret(of string) string { return "deemster-secret-" + of + "-" + rand.Text() }

// inside runs this program again and returns its exit status.
func inside() int {
	runtime.LockOSThread() // the child dies with the thread that started it
	signal.Ignore(unix.SIGINT, unix.SIGQUIT)
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), secretVariable+"="+newSecret("environment"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGKILL}
	if alone() {
		cmd.SysProcAttr.Unshareflags = unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, "start the tests in namespaces of their own:", err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

func alone() bool { return os.Geteuid() == 0 }

// detachOthers takes what others have mounted below /tmp out of this namespace: when they
// rename or remove such a directory, that shows here too.
func detachOthers() error {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return err
	}
	var below []string
	for line := range strings.Lines(string(mounts)) {
		if fields := strings.Fields(line); len(fields) > 4 && strings.HasPrefix(fields[4], "/tmp/") {
			below = append(below, fields[4])
		}
	}
	for _, path := range slices.Backward(below) {
		if err := unix.Unmount(path, unix.MNT_DETACH); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOENT) {
			return fmt.Errorf("unmount %s: %w", path, err)
		}
	}
	return nil
}

// furnish gives the new namespaces what a machine has: a loopback interface, on which a
// packet would be counted, and shared memory and message queues of their own.
func furnish() error {
	if !alone() {
		return nil
	}
	if err := detachOthers(); err != nil {
		return err
	}
	if err := unix.Mount("attack", "/dev/shm", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=1777"); err != nil && !errors.Is(err, unix.ENOENT) {
		return fmt.Errorf("mount /dev/shm: %w", err)
	}
	if err := unix.Mount("attack", "/dev/mqueue", "mqueue", 0, ""); err != nil && !errors.Is(err, unix.ENOENT) && !errors.Is(err, unix.ENODEV) {
		return fmt.Errorf("mount /dev/mqueue: %w", err)
	}
	socket, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("loopback: %w", err)
	}
	defer unix.Close(socket)
	loopback, err := unix.NewIfreq("lo")
	if err != nil {
		return fmt.Errorf("loopback: %w", err)
	}
	loopback.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(socket, unix.SIOCSIFFLAGS, loopback); err != nil {
		return fmt.Errorf("loopback: %w", err)
	}
	return nil
}
