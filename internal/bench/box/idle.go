package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// idle is what an executor with nothing to do holds in memory: a process of its own, as
// on a grown site, with a pool of 4 boxes, and then of 20.
func (b *bench) idle() error {
	for name, path := range map[string]string{"deemster": "./cmd/deemster", "nats-server": "github.com/nats-io/nats-server/v2"} {
		build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", b.path(name), path)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if log, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", name, err, log)
		}
	}
	bus := exec.Command(b.path("nats-server"), "-a", "127.0.0.1", "-p", "-1", "-js", "-sd", b.path("bus"))
	address, err := started(bus, bus.StderrPipe, regexp.MustCompile(`Listening for client connections on (\S+)`))
	if err != nil {
		return err
	}
	defer ended(bus)
	few, err := b.executor(address, 4)
	if err != nil {
		return err
	}
	many, err := b.executor(address, 20)
	if err != nil {
		return err
	}
	figure("box.idle_rss_mib", few.process+few.boxes, "MiB", "<=40")
	figure("box.idle_per_box_mib", (many.process+many.boxes-few.process-few.boxes)/16, "MiB", "<=2")
	note("executor with 4 boxes: %.1f MiB of its own, %.1f MiB charged to the boxes; with 20: %.1f and %.1f",
		few.process, few.boxes, many.process, many.boxes)
	return nil
}

// held is memory in MiB: the executor's resident set, and what its boxes are charged.
type held struct{ process, boxes float64 }

func (b *bench) executor(bus string, pool int) (h held, err error) {
	e := exec.Command(b.path("deemster"), "serve", "executor", "--bus", "nats://"+bus, "--slots", strconv.Itoa(pool),
		"--data", b.path("data"+strconv.Itoa(pool)))
	if _, err := started(e, e.StdoutPipe, regexp.MustCompile(`(is running): executor`)); err != nil {
		return h, err
	}
	defer ended(e)
	time.Sleep(5 * time.Second) // the pool is full and nothing moves any more
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.Process.Pid))
	if err != nil {
		return h, err
	}
	match := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if match == nil {
		return h, errors.New("no VmRSS")
	}
	kib, err := strconv.Atoi(string(match[1]))
	h.process = float64(kib) / 1024
	h.boxes = charged(e.Process.Pid)
	return h, err
}

// charged adds up what the control groups of a process's boxes hold.
func charged(pid int) (mib float64) {
	_ = filepath.WalkDir("/sys/fs/cgroup", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.Contains(path, fmt.Sprintf("deemster-box-%d-", pid)) {
			return nil
		}
		if name := d.Name(); name == "memory.usage_in_bytes" || name == "memory.current" {
			if parent := filepath.Base(filepath.Dir(path)); strings.HasPrefix(parent, "deemster-box-") {
				return nil // the sum of the others
			}
			text, _ := os.ReadFile(path)
			n, _ := strconv.Atoi(strings.TrimSpace(string(text)))
			mib += float64(n) / (1 << 20)
		}
		return nil
	})
	return mib
}

// started starts a process and waits for a line of its output; it gives what the pattern
// caught.
func started(p *exec.Cmd, pipe func() (io.ReadCloser, error), line *regexp.Regexp) (string, error) {
	output, err := pipe()
	if err != nil {
		return "", err
	}
	if err := p.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if match := line.FindStringSubmatch(lines.Text()); match != nil {
			go func() { _, _ = io.Copy(io.Discard, output) }()
			return match[1], nil
		}
	}
	ended(p)
	return "", fmt.Errorf("%s ended before it was ready", p.Path)
}

func ended(p *exec.Cmd) {
	_ = p.Process.Signal(os.Interrupt)
	_ = p.Wait() // it was told to end; how it says so does not matter here
}
