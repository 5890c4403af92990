package attack

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Whatever a run could leave or change is noticed: each is done here on purpose.
func TestSnapshotNotices(t *testing.T) {
	if !alone() {
		t.Fatal("this changes mounts and settings: run the tests as root")
	}
	watched, open := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(watched, "file"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	host, err := NewHost([]string{watched}, []string{open}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range slices.Concat(processes, objects, files(watched, open)) {
		before := steady(t, host)
		undo := tt.leave(t)
		after, err := host.Look()
		must(t, err)
		if changes := strings.Join(before.Changes(after), "\n"); !strings.Contains("\n"+changes, "\n"+tt.notice) {
			t.Errorf("%s: noticed %q", tt.notice, changes)
		}
		undo()
	}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// leaving is something that a run could leave or change.
type leaving struct {
	notice string // how the change begins
	leave  func(t *testing.T) (undo func())
}

var processes = []leaving{
	{"process left", func(t *testing.T) func() {
		sleeper := exec.Command("/bin/sleep", "60")
		must(t, sleeper.Start())
		return func() { must(t, sleeper.Process.Kill()); _ = sleeper.Wait() }
	}},
	{"process left", func(t *testing.T) func() { // dead, and not reaped
		dead := exec.Command("/bin/true")
		must(t, dead.Start())
		return func() { must(t, dead.Wait()) }
	}},
	{"thread left", func(t *testing.T) func() {
		entered, leave, left := make(chan error), make(chan bool), make(chan bool)
		onOwnThread(func() {
			entered <- unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS)
			<-leave
			close(left)
		})
		must(t, <-entered)
		return func() { close(leave); <-left }
	}},
	{"group left", func(t *testing.T) func() {
		dir := filepath.Join(groupRoot(t), groupPrefix()+"left")
		must(t, os.Mkdir(dir, 0o755))
		return func() { must(t, os.Remove(dir)) }
	}},
}

var objects = []leaving{
	{"mount left", func(t *testing.T) func() {
		dir := t.TempDir()
		must(t, unix.Mount("left", dir, "tmpfs", 0, ""))
		return func() { must(t, unix.Unmount(dir, 0)) }
	}},
	{"IPC object left", func(t *testing.T) func() {
		id, err := unix.SysvShmGet(unix.IPC_PRIVATE, 4096, 0o600)
		must(t, err)
		return func() { _, err := unix.SysvShmCtl(id, unix.IPC_RMID, nil); must(t, err) }
	}},
	{"descriptor left", func(t *testing.T) func() {
		file, err := os.Open("/dev/null")
		must(t, err)
		return func() { must(t, file.Close()) }
	}},
	{"setting left", func(t *testing.T) func() { // of this IPC namespace
		const name = "/proc/sys/kernel/shmmax"
		old, err := os.ReadFile(name)
		must(t, err, os.WriteFile(name, []byte("12345678"), 0))
		return func() { must(t, os.WriteFile(name, old, 0)) }
	}},
	{"packets left", func(t *testing.T) func() {
		c, err := net.Dial("udp", "127.0.0.1:9")
		must(t, err)
		_, err = c.Write([]byte("x"))
		must(t, err, c.Close())
		return func() {}
	}},
	{"socket left", func(t *testing.T) func() {
		l, err := net.Listen("unix", "@left")
		must(t, err)
		return func() { must(t, l.Close()) }
	}},
}

// files are left in directories of which one is watched and one is open.
func files(watched, open string) []leaving {
	return []leaving{
		{"file left", func(t *testing.T) func() {
			name := filepath.Join(open, "left")
			must(t, os.WriteFile(name, nil, 0o600), os.Chown(name, firstBoxID+1, firstBoxID+1))
			return func() { must(t, os.Remove(name)) }
		}},
		{"file left", func(t *testing.T) func() { // changed, to the same length
			must(t, os.WriteFile(filepath.Join(watched, "file"), []byte("new"), 0o600))
			return func() {}
		}},
		{"file gone", func(t *testing.T) func() {
			must(t, os.Remove(filepath.Join(watched, "file")))
			return func() {}
		}},
	}
}

// A key is noticed by itself, because other executors may have boxes at this moment.
func TestKeyIsNoticed(t *testing.T) {
	if !alone() {
		t.Fatal("this becomes another user: run the tests as root")
	}
	const user = lastBoxID - 5 // no box gets so far
	before, err := boxKeys()
	if err != nil {
		t.Fatal(err)
	}
	defer keyOf(t, user)()
	after, err := boxKeys()
	if err != nil {
		t.Fatal(err)
	}
	if left := strings.Join(minus(after, before), "\n"); !strings.Contains(left, strconv.Itoa(user)) {
		t.Errorf("noticed %q", left)
	}
}

// steady looks until nothing changes: threads and groups end a moment after their box.
func steady(t *testing.T, host *Host) Snapshot {
	t.Helper()
	var changes []string
	last, err := host.Look()
	for range 100 {
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
		var now Snapshot
		if now, err = host.Look(); err == nil {
			if changes = last.Changes(now); len(changes) == 0 {
				return now
			}
			last = now
		}
	}
	t.Fatalf("nothing is done, and noticed: %q", changes)
	return nil
}

// groupRoot is where control groups can be made.
func groupRoot(t *testing.T) string {
	for _, dir := range []string{"/sys/fs/cgroup/pids", "/sys/fs/cgroup"} {
		if _, err := os.Stat(filepath.Join(dir, "cgroup.procs")); err == nil {
			return dir
		}
	}
	t.Fatal("there are no control groups")
	return ""
}

// keyOf makes a key that a user of a box owns, on a thread that lives until release is
// called and with which it goes.
func keyOf(t *testing.T, user int) (release func()) {
	done, leave := make(chan error), make(chan bool)
	onOwnThread(func() {
		if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, uintptr(user), uintptr(user), uintptr(user)); errno != 0 {
			done <- errno
			return
		}
		_, err := unix.AddKey("user", "left"+strconv.Itoa(user), []byte("x"), unix.KEY_SPEC_THREAD_KEYRING)
		done <- err
		<-leave
	})
	must(t, <-done)
	return func() { close(leave) }
}

// onOwnThread runs f on a thread that ends with it. It is not the process's first, which
// cannot end: that would stay what f made of it.
func onOwnThread(f func()) {
	go func() {
		runtime.LockOSThread()
		if unix.Gettid() != unix.Getpid() {
			f()
			return
		}
		elsewhere := make(chan bool)
		onOwnThread(func() {
			close(elsewhere) // while this goroutine has the first thread, that one has another
			f()
		})
		<-elsewhere
		runtime.UnlockOSThread()
	}()
}
