package oci

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// runtime is an OCI runtime on this machine.
type runtime struct {
	kind    string // "runc", "crun" or "runsc"
	path    string
	version string
	global  []string // flags before the command
	run     []string // flags of the command run
	// ours tells that the processes of a container are processes of this machine's kernel;
	// with gVisor they are of another's, the sentry.
	ours bool
}

// remedies say how to get a runtime.
var remedies = map[string]string{
	"runc":  "apt-get install runc",
	"crun":  "apt-get install crun",
	"runsc": "see https://gvisor.dev/docs/user_guide/install/, or CGO_ENABLED=0 go install gvisor.dev/gvisor/runsc@go",
}

// findRuntime finds a runtime by its name or path. Which it is, it says itself.
func findRuntime(ctx context.Context, name string) (*runtime, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		remedy, ok := remedies[filepath.Base(name)]
		if !ok {
			remedy = "the OCI runtimes known are runc, crun and runsc, or a path to one of them"
		}
		return nil, fmt.Errorf("oci: no runtime %s: %s", name, remedy)
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	said, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("oci: %s --version: %w", path, err)
	}
	first, _, _ := strings.Cut(string(said), "\n")
	kind, version, _ := strings.Cut(first, " version ")
	if version == "VERSION_MISSING" { // runsc, built from its module
		version = "unknown"
	}
	r := &runtime{kind: kind, path: path, version: version, ours: true}
	switch kind {
	case "runc":
		// It finds control groups that it cannot write to, and as a rootless runc does it
		// leaves the container in the one that it was started in.
		r.global = []string{"--rootless=true", "--log-format=text"}
		r.run = []string{"--detach", "--preserve-fds=5"}
	case "crun":
		r.global = []string{"--cgroup-manager=disabled", "--log-format=text"}
		r.run = []string{"--detach", "--preserve-fds=5"}
	case "runsc":
		r.ours = false
		r.global = []string{
			"--ignore-cgroups", "--network=none", "--platform=systrap", "--overlay2=none",
			"--gofer-network-namespace=host", // the box's
			"--host-settings=ignore", "--log-format=text",
		}
		r.run = []string{"--detach", "--pass-fd=3:3", "--pass-fd=4:4", "--pass-fd=5:5", "--pass-fd=6:6", "--pass-fd=7:7"}
	default:
		return nil, fmt.Errorf("oci: %s is neither runc nor crun nor runsc: it says %q", path, first)
	}
	return r, nil
}
