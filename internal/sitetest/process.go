package sitetest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	readyWithin   = 3 * time.Minute // the languages may have to be prepared first
	stoppedWithin = time.Minute
	shownOnFail   = 8 << 10 // bytes of a log
)

// process is a program that runs beside the test, and again when it was ended.
type process struct {
	t       testing.TB
	name    string
	roles   []string
	command []string

	running *exec.Cmd
	ended   chan error // how it ended, once
	log     string     // what it wrote to standard error, in all its lives
}

// start starts the program and waits for the first line of its output that begins with
// sign, which it gives. An empty sign is not waited for.
func (p *process) start(sign string) string {
	p.t.Helper()
	if p.log == "" {
		p.log = filepath.Join(p.t.TempDir(), p.name+".log")
		p.t.Cleanup(p.cleanUp)
	}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer log.Close()
	p.running = exec.Command(p.command[0], p.command[1:]...)
	p.running.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "DEEMSTER_") })
	p.running.Env = append(p.running.Env, "DEEMSTER_ADMIN_PASSWORD="+AdminPassword)
	p.running.Stderr = log
	p.running.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	output, err := p.running.StdoutPipe()
	if err == nil {
		err = p.running.Start()
	}
	if err != nil {
		p.t.Fatalf("start %s: %v", p.name, err)
	}
	lines := make(chan string, 1)
	p.ended = make(chan error, 1)
	go func() {
		// A pipe must be read to its end before the program is waited for.
		for scanner := bufio.NewScanner(output); scanner.Scan(); {
			if sign != "" && strings.HasPrefix(scanner.Text(), sign) {
				lines <- scanner.Text()
				break
			}
		}
		_, _ = io.Copy(io.Discard, output)
		close(lines)
		p.ended <- p.running.Wait()
	}()
	if sign == "" {
		return ""
	}
	select {
	case line, ok := <-lines:
		if !ok {
			p.t.Fatalf("%s ended before it was ready", p.name)
		}
		return line
	case <-time.After(readyWithin):
		p.t.Fatalf("%s did not get ready within %s", p.name, readyWithin)
		return ""
	}
}

func (p *process) kill() {
	p.t.Helper()
	if err := p.running.Process.Kill(); err != nil {
		p.t.Fatalf("kill %s: %v", p.name, err)
	}
	if err := <-p.ended; err == nil {
		p.t.Errorf("%s had ended by itself before it was killed", p.name)
	}
	p.running = nil
}

func (p *process) stop() error {
	p.t.Helper()
	if err := p.running.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatalf("stop %s: %v", p.name, err)
	}
	select {
	case err := <-p.ended:
		p.running = nil
		return err
	case <-time.After(stoppedWithin):
		p.kill()
		p.t.Fatalf("%s did not stop within %s", p.name, stoppedWithin)
		return nil
	}
}

// cleanUp stops the program, or kills it when it is no role, and shows the end of its log
// when the test has failed.
func (p *process) cleanUp() {
	if p.running != nil {
		if len(p.roles) == 0 {
			p.kill()
		} else if err := p.stop(); err != nil {
			p.t.Errorf("%s ended with %v", strings.Join(p.roles, ", "), err)
		}
	}
	if !p.t.Failed() {
		return
	}
	content, err := os.ReadFile(p.log)
	if err != nil {
		p.t.Log(err)
	}
	p.t.Logf("the end of the log of %s:\n%s", p.name, content[max(0, len(content)-shownOnFail):])
}
