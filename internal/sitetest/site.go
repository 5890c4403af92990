// Package sitetest starts whole sites for tests: the real binary, with all roles in one
// process, or one process a role with a NATS server and a MariaDB server of their own.
// A test written against it runs on both and need not know which it has.
package sitetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster/internal/app"
	"github.com/deemster-oj/deemster/internal/store/storetest"
)

// Mode is how a site is spread over processes.
type Mode string

// Every mode.
const (
	AllInOne Mode = "all-in-one"
	Split    Mode = "split"
)

// Modes lists every mode, for tests that hold in each.
var Modes = []Mode{AllInOne, Split}

// AdminPassword is the password of every site's account admin.
const AdminPassword = "an administrator of tests"

// programs are the binaries that Build makes.
var programs = map[string]string{
	"deemster":    "github.com/deemster-oj/deemster/cmd/deemster",
	"nats-server": "github.com/nats-io/nats-server/v2",
}

var binaries string // the directory they are in

// Main builds the programs, runs a package's tests and tells the exit status. It is
// called from TestMain.
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "deemster-site-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	for name, path := range programs {
		build := exec.Command("go", "build", "-o", filepath.Join(dir, name), path)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if output, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "sitetest: build %s: %v\n%s", name, err, output)
			return 1
		}
	}
	binaries = dir
	return m.Run()
}

// Site is a running site. Its methods fail the test when something goes wrong.
type Site struct {
	URL  string // of the gateway; another after it was started again
	Data string // the data directory, all-in-one

	t         testing.TB
	processes []*process
}

// Start starts a site and stops it when the test ends. Each process gets args besides.
func Start(t testing.TB, mode Mode, args ...string) *Site {
	t.Helper()
	dir := t.TempDir()
	s := &Site{t: t}
	common := []string{"--addr", "127.0.0.1:0", "--rate", "login=10000/s", "--rate", "other=10000/s"}
	switch mode {
	case AllInOne:
		s.Data = filepath.Join(dir, "data")
		s.add("deemster", app.Roles, append(common, "--data", s.Data), args)
	case Split:
		common = append(common,
			"--bus", startNATS(t, dir),
			"--db", storetest.MariaDB(t),
			"--docs", "sqlite:"+filepath.Join(dir, "documents.db"),
			"--blobs", "dir:"+filepath.Join(dir, "blobs"),
		)
		for _, role := range app.Roles {
			s.add(role, []string{role}, append(common, "--data", filepath.Join(dir, role)), args)
		}
	}
	for _, p := range s.processes {
		s.start(p)
	}
	s.awaitLanguages()
	return s
}

// add adds a process that serves roles.
func (s *Site) add(name string, roles, args, more []string) {
	command := append([]string{filepath.Join(binaries, "deemster"), "serve"}, roles...)
	command = append(append(command, args...), more...)
	s.processes = append(s.processes, &process{t: s.t, name: name, roles: roles, command: command})
}

// start starts a process and waits until it says that it is ready.
func (s *Site) start(p *process) {
	s.t.Helper()
	line := p.start("Deemster is ")
	if _, url, ok := strings.Cut(line, "ready at "); ok {
		s.URL = url
	}
}

// Kill ends the process that serves role as a power cut would: with SIGKILL.
func (s *Site) Kill(role string) { s.serving(role).kill() }

// Stop asks the process that serves role to stop and tells how it ended: nil is exit
// status 0.
func (s *Site) Stop(role string) error { return s.serving(role).stop() }

// StartAgain starts the process that serves role again.
func (s *Site) StartAgain(role string) {
	s.t.Helper()
	s.start(s.serving(role))
	s.awaitLanguages()
}

func (s *Site) serving(role string) *process {
	s.t.Helper()
	for _, p := range s.processes {
		for _, r := range p.roles {
			if r == role {
				return p
			}
		}
	}
	s.t.Fatalf("no process serves %s", role)
	return nil
}

// awaitLanguages waits until the gateway has heard of an executor.
func (s *Site) awaitLanguages() {
	s.t.Helper()
	for deadline := time.Now().Add(readyWithin); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var languages struct {
			Items []struct {
				Available bool `json:"available"`
			} `json:"items"`
		}
		answer := s.Visitor().Do("GET", "/api/v1/languages", nil)
		if answer.Status == 200 && json.Unmarshal(answer.Body, &languages) == nil {
			for _, l := range languages.Items {
				if l.Available {
					return
				}
			}
		}
	}
	s.t.Fatalf("the gateway heard of no executor within %s", readyWithin)
}

// startNATS starts a NATS server on a free port of the loopback and gives its spec.
func startNATS(t testing.TB, dir string) string {
	t.Helper()
	ports := filepath.Join(dir, "ports")
	if err := os.Mkdir(ports, 0o700); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, name: "nats-server", command: []string{
		filepath.Join(binaries, "nats-server"), "--addr", "127.0.0.1", "--port", "-1",
		"--jetstream", "--store_dir", filepath.Join(dir, "nats"), "--ports_file_dir", ports,
	}}
	p.start("")
	for deadline := time.Now().Add(readyWithin); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(ports, "*.ports"))
		if err != nil || len(files) == 0 {
			continue
		}
		content, err := os.ReadFile(files[0])
		var addresses struct {
			NATS []string `json:"nats"`
		}
		err = errors.Join(err, json.Unmarshal(content, &addresses))
		if err == nil && len(addresses.NATS) > 0 {
			return addresses.NATS[0]
		}
	}
	t.Fatalf("the NATS server did not get ready within %s", readyWithin)
	return ""
}
