package docker

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// testImage holds busybox and nothing else.
const testImage = "deemster-test"

// daemon is the Docker of these tests: where it listens.
var daemon string

func TestMain(m *testing.M) {
	if os.Getenv(victimHost) != "" {
		victim()
	}
	os.Exit(withDocker(m.Run))
}

// withDocker runs f beside a Docker Engine of its own.
func withDocker(f func() int) int {
	dir, err := os.MkdirTemp("", "deemster-docker-") // a short path: a socket's has room for 107 bytes
	if err != nil {
		return complain(err)
	}
	defer os.RemoveAll(dir)
	path, err := exec.LookPath("dockerd")
	if err != nil {
		return complain(fmt.Errorf("%w: apt-get install docker.io", err))
	}
	socket := filepath.Join(dir, "docker.sock")
	daemon = "unix://" + socket
	d := exec.Command(path, "--iptables=false", "--ip6tables=false", "--bridge=none",
		"--data-root", filepath.Join(dir, "data"), "--exec-root", filepath.Join(dir, "exec"),
		"--pidfile", filepath.Join(dir, "pid"), "--host", daemon)
	var log bytes.Buffer
	d.Stdout, d.Stderr = &log, &log
	runtime.LockOSThread() // it ends with this thread, however the tests end
	d.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: unix.SIGTERM}
	if err := d.Start(); err != nil {
		return complain(err)
	}
	defer func() {
		_ = d.Process.Signal(unix.SIGTERM)
		_ = d.Wait()
	}()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		if time.Now().After(deadline) {
			return complain(fmt.Errorf("dockerd does not start:\n%s", log.String()))
		}
	}
	if err := importImage(); err != nil {
		return complain(err)
	}
	return f()
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// importImage makes the image.
func importImage() error {
	busybox, err := os.ReadFile("/bin/busybox")
	if err != nil {
		return fmt.Errorf("%w: apt-get install busybox-static", err)
	}
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	for _, h := range []tar.Header{
		{Name: "bin/", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "usr/", Typeflag: tar.TypeDir, Mode: 0o755},
		{Name: "bin/busybox", Typeflag: tar.TypeReg, Mode: 0o755, Size: int64(len(busybox))},
		{Name: "bin/sh", Typeflag: tar.TypeSymlink, Linkname: "busybox"},
		{Name: "bin/sleep", Typeflag: tar.TypeSymlink, Linkname: "busybox"},
		{Name: "bin/cat", Typeflag: tar.TypeSymlink, Linkname: "busybox"},
	} {
		if err := w.WriteHeader(&h); err != nil {
			return err
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write(busybox); err != nil {
				return err
			}
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	docker, err := client.New(client.WithHost(daemon))
	if err != nil {
		return err
	}
	defer docker.Close()
	answer, err := docker.ImageImport(context.Background(), client.ImageImportSource{Source: &archive, SourceName: "-"}, testImage, client.ImageImportOptions{})
	if err != nil {
		return err
	}
	defer answer.Close()
	_, err = io.Copy(io.Discard, answer)
	return err
}

// open opens an engine until the end of the test.
func open(t testing.TB, pool int, readOnly ...image.Dir) *Engine {
	t.Helper()
	e := start(t, pool, readOnly...)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func start(t testing.TB, pool int, readOnly ...image.Dir) *Engine {
	t.Helper()
	e, err := New(t.Context(), Config{
		Host: daemon, Image: testImage, Pool: pool, ReadOnly: readOnly, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestContract(t *testing.T) {
	programs := t.TempDir()
	if err := boxtest.Prebuild(programs); err != nil {
		t.Fatal(err)
	}
	t.Setenv(boxtest.Prebuilt, programs)
	boxtest.Contract(t, open(t, 2))
}

func sh(script string) sandbox.Command {
	return sandbox.Command{Args: []string{"/bin/sh", "-c", script}, KeepStderr: deemster.KiB, Limits: deemster.DefaultLimits}
}

// What is shown besides the image is there, and read-only.
func TestReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), []byte("shown"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	b := boxtest.Box(t, open(t, 0, image.Dir{Host: dir, Box: "/cache"}))
	var out bytes.Buffer
	c := sh("cat /cache/x; echo y > /cache/x || echo z > /cache/z || exit 7")
	c.Stdout = &out
	if o := boxtest.Run(t, b, c); boxtest.Ending(o) != "exit 7" || out.String() != "shown" {
		t.Errorf("%s, %q, %s", boxtest.Ending(o), out.String(), o.Stderr)
	}
}

// Nobody but the program is there to be signalled, counted or asked.
func TestAlone(t *testing.T) {
	b := boxtest.Box(t, open(t, 0))
	for range 2 {
		var out bytes.Buffer
		c := sh("kill -0 -1 && echo somebody is there; for p in /proc/[0-9]*; do echo $p; done; sleep 100 & exit 0")
		c.Stdout = &out
		if o := boxtest.Run(t, b, c); boxtest.Ending(o) != "exit 0" || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("%s, %q, %s", boxtest.Ending(o), out.String(), o.Stderr)
		}
	}
}

// The container alone is a prison too, without what the box adds.
func TestContainer(t *testing.T) {
	e := open(t, 0)
	b, err := e.newContainer()
	if err != nil {
		t.Fatal(err)
	}
	inspected, err := e.docker.ContainerInspect(t.Context(), b.(*box).id, client.ContainerInspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c, h := inspected.Container, inspected.Container.HostConfig
	for what, holds := range map[string]bool{
		"no network":        h.NetworkMode == "none",
		"read-only root":    h.ReadonlyRootfs,
		"no capabilities":   len(h.CapDrop) == 1 && h.CapDrop[0] == "ALL" && len(h.CapAdd) == 0,
		"no new privileges": len(h.SecurityOpt) == 1 && h.SecurityOpt[0] == "no-new-privileges:true",
		"not privileged":    !h.Privileged,
		"no log":            h.LogConfig.Type == "none",
		"no swap":           h.Memory > 0 && h.MemorySwap == h.Memory,
		"few processes":     h.PidsLimit != nil && *h.PidsLimit > 0,
		"not root":          c.Config.User == initUser,
		"own IPC":           h.IpcMode == container.IPCModePrivate,
	} {
		if !holds {
			t.Errorf("not so: %s", what)
		}
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ host, image, want string }{
		{daemon, "", "--image"},
		{daemon, "no-such-image", "docker pull no-such-image"},
		{"unix:///no/such/docker.sock", testImage, "start Docker"},
		{"gopher://x", testImage, "gopher"},
	} {
		e, err := New(t.Context(), Config{Host: c.host, Image: c.image, Log: slog.New(slog.DiscardHandler)})
		if err == nil {
			_ = e.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, image %q: %v; want %q in it", c.host, c.image, err, c.want)
		}
	}
}

// What boxes leave behind, counted before and after.
func TestNothingIsLeft(t *testing.T) {
	if err := start(t, 0).Close(); err != nil { // removes what a killed test has left
		t.Fatal(err)
	}
	before := settled(t)
	e := start(t, 1)
	for range 8 {
		b, err := e.NewBox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if o := boxtest.Run(t, b, sh("sleep 100 & exit 0")); boxtest.Ending(o) != "exit 0" {
			t.Fatalf("%+v", o)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if made := footprint(t); made.homes != before.homes+1 {
		t.Errorf("with an engine: %+v", made)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if after := settled(t); after != before {
		t.Errorf("before: %+v\nafter:  %+v", before, after)
	}
}

type left struct{ containers, homes, groups, descriptors, mounts int }

func footprint(t *testing.T) left {
	t.Helper()
	l := left{containers: len(containers(t))}
	homes, _ := filepath.Glob(homes + "/" + prefix + "*")
	groups, _ := filepath.Glob(fmt.Sprintf("/sys/fs/cgroup/*/deemster-box-%d-*", os.Getpid()))
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		t.Fatal(err)
	}
	l.homes, l.groups, l.descriptors = len(homes), len(groups), len(descriptors)
	l.mounts = bytes.Count(mounts, []byte(filepath.Dir(strings.TrimPrefix(daemon, "unix://")))) // Docker's
	return l
}

// settled waits until nothing more goes: threads and idle connections end a moment after
// their box.
func settled(t *testing.T) left {
	t.Helper()
	last := footprint(t)
	for same := 0; same < 10; {
		time.Sleep(30 * time.Millisecond)
		if now := footprint(t); now == last {
			same++
		} else {
			last, same = now, 0
		}
	}
	return last
}

// containers are all that Docker has, by id, with their labels.
func containers(t *testing.T) map[string]string {
	t.Helper()
	return list(t, client.ContainerListOptions{All: true})
}

// running are the containers that run.
func running(t *testing.T) map[string]string {
	t.Helper()
	return list(t, client.ContainerListOptions{})
}

func list(t *testing.T, which client.ContainerListOptions) map[string]string {
	t.Helper()
	docker, err := client.New(client.WithHost(daemon))
	if err != nil {
		t.Fatal(err)
	}
	defer docker.Close()
	list, err := docker.ContainerList(t.Context(), which)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, c := range list.Items {
		found[c.ID] = c.Labels[label]
	}
	return found
}

// The containers of a dead executor are removed at the next start, those of a living one
// are not.
func TestStaleContainers(t *testing.T) {
	living := open(t, 0)
	mine, err := living.newContainer()
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	config, host := living.settings()
	config.Labels = map[string]string{label: homes + "/" + prefix + "gone"}
	stale, err := living.docker.ContainerCreate(t.Context(), client.ContainerCreateOptions{Config: config, HostConfig: host})
	if err != nil {
		t.Fatal(err)
	}
	open(t, 0)
	now := containers(t)
	if _, ok := now[stale.ID]; ok {
		t.Error("the container of a dead executor is still there")
	}
	if _, ok := now[mine.(*box).id]; !ok {
		t.Error("the container of a living executor was removed")
	}
}

// A container that somebody ends is our failure and not the program's.
func TestEndedFromOutside(t *testing.T) {
	e := open(t, 0)
	for range 3 {
		b := boxtest.Box(t, e)
		mine := running(t)
		started := make(chan struct{})
		failed := make(chan error)
		go func() {
			c := sh("echo; while :; do sleep 0.01; done")
			c.Stdout = onWrite(func() { close(started) })
			_, err := b.Run(context.Background(), c)
			failed <- err
		}()
		<-started
		for id := range mine {
			if _, err := e.docker.ContainerKill(t.Context(), id, client.ContainerKillOptions{Signal: "KILL"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := <-failed; err == nil || !strings.Contains(err.Error(), "from outside") {
			t.Errorf("err = %v", err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

// onWrite is a writer that calls a function, once.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}

// victimHost makes the test binary an executor to be killed.
const victimHost = "DEEMSTER_TEST_VICTIM"

// victim opens an engine, leaves a program running in a box, says so and waits.
func victim() {
	e, err := New(context.Background(), Config{Host: os.Getenv(victimHost), Image: testImage, Pool: 2, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		os.Exit(complain(err))
	}
	b, err := e.NewBox(context.Background())
	if err != nil {
		os.Exit(complain(err))
	}
	c := sh("sleep 1000 & echo; sleep 1000 & wait")
	c.Stdout, c.Limits.Wall = struct{ io.Writer }{os.Stdout}, time.Hour // a pipe of its own, not ours
	o, err := b.Run(context.Background(), c)
	os.Exit(complain(fmt.Errorf("%+v %w", o, err)))
}

// A killed executor takes what runs in its containers with it, and the next one removes
// what Docker has not, such as a container that was never started.
func TestKilledExecutor(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimHost+"="+daemon)
	cmd.Stderr = t.Output()
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(said, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if len(running(t)) == 0 {
		t.Error("no container runs while it lives")
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for deadline := time.Now().Add(time.Minute); len(running(t)) > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still running: %v", running(t))
		}
	}
	if err := start(t, 0).Close(); err != nil {
		t.Fatal(err)
	}
	if left := containers(t); len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
}

// BenchmarkRun is one run of a program that does nothing, in a box that is ready.
func BenchmarkRun(b *testing.B) {
	box := boxtest.Box(b, open(b, 0))
	for b.Loop() {
		boxtest.Run(b, box, sandbox.Command{Args: []string{"/bin/sh", "-c", "exit 0"}, Limits: deemster.DefaultLimits})
	}
}

// BenchmarkBox is a fresh box without the pool, until it is ready, and its end.
func BenchmarkBox(b *testing.B) {
	e := open(b, 0)
	boxtest.Box(b, e)
	for b.Loop() {
		box, err := e.NewBox(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if err := box.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
