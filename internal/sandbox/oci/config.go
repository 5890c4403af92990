package oci

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/opencontainers/runtime-spec/specs-go"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/codedir"
	"github.com/deemster-oj/deemster/internal/sandbox/tmpfs"
)

// environment is all that a program finds, besides what its language sets.
var environment = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/scratch", "LANG=C.UTF-8", "TMPDIR=/tmp"}

// What compilers may use in /scratch while they work.
const (
	compileScratch = 512 * deemster.MiB
	compileFiles   = 20_000
)

const openFiles = 1024

// config is the bundle's description of one run.
func (w *warden) config(c *sandbox.Command) ([]byte, error) {
	supervisor, dir := compileSupervisor, sandbox.CodeDir
	if w.sealed {
		supervisor, dir = runSupervisor, sandbox.ScratchDir
	}
	user, capabilities := uint32(prisonerID), []string{}
	if !w.engine.runtime.ours {
		user, capabilities = 0, []string{"CAP_SETUID", "CAP_SETGID"} // the supervisor's, to give up
	}
	spec := specs.Spec{
		Version:  "1.0.2", // the oldest that all runtimes take and that has what is used here
		Hostname: "box",
		Root:     &specs.Root{Path: rootDir, Readonly: true},
		Process: &specs.Process{
			User: specs.User{UID: user, GID: user},
			Args: append([]string{supervisor}, c.Args...),
			Env:  append(environment[:len(environment):len(environment)], c.Env...),
			Cwd:  dir,
			Capabilities: &specs.LinuxCapabilities{
				Bounding: capabilities, Effective: capabilities, Permitted: capabilities, Inheritable: []string{}, Ambient: []string{},
			},
			NoNewPrivileges: true,
			Rlimits:         w.limits(c),
		},
		Mounts: w.mounts(),
		Linux: &specs.Linux{
			// The network namespace is the box's own, which has no interface that is up: a
			// runtime would start the loopback in one that it makes.
			Namespaces: []specs.LinuxNamespace{
				{Type: specs.PIDNamespace}, {Type: specs.IPCNamespace}, {Type: specs.UTSNamespace},
				{Type: specs.MountNamespace}, {Type: specs.CgroupNamespace},
			},
		},
	}
	if w.engine.runtime.ours {
		ids := []specs.LinuxIDMapping{{ContainerID: 0, HostID: w.host, Size: idsPerBox}}
		spec.Linux.Namespaces = append(spec.Linux.Namespaces, specs.LinuxNamespace{Type: specs.UserNamespace})
		spec.Linux.UIDMappings, spec.Linux.GIDMappings = ids, ids
	}
	data, err := json.Marshal(spec)
	if err != nil {
		return nil, fmt.Errorf("config.json: %w", err)
	}
	return data, nil
}

// room is what a run may have in /scratch.
func (w *warden) room() tmpfs.Options {
	if !w.sealed {
		return tmpfs.Options{Size: compileScratch, Files: compileFiles, Owner: w.host + prisonerID}
	}
	return tmpfs.Options{Size: deemster.MaxScratch, Files: deemster.MaxScratchFiles, Owner: w.host + prisonerID}
}

// mounts are what each run has besides the image.
func (w *warden) mounts() []specs.Mount {
	room := w.room()
	scratch := []string{
		"nosuid", "nodev", "mode=755", fmt.Sprintf("uid=%d", prisonerID), fmt.Sprintf("gid=%d", prisonerID),
		fmt.Sprintf("size=%d", room.Size),
	}
	proc := []string{"nosuid", "nodev", "noexec"}
	var mounts, concealed []specs.Mount
	if w.engine.runtime.ours {
		scratch = append(scratch, fmt.Sprintf("nr_inodes=%d", room.Files+1))
		proc = append(proc, "hidepid=invisible", "subset=pid")
		// A runtime that finds /dev taken makes no devices of its own there.
		dev := []string{"bind", "ro", "nosuid", "noexec"}
		mounts = append(mounts, specs.Mount{Destination: "/dev", Type: "bind", Source: devDir, Options: append(dev, "nodev")})
		for _, path := range w.engine.devices {
			mounts = append(mounts, specs.Mount{Destination: path, Type: "bind", Source: rootDir + path, Options: dev})
		}
	} else {
		// What gVisor's kernel shows of itself is not for programs either.
		hidden := []string{"ro", "nosuid", "nodev", "noexec", "mode=000", "size=4096"}
		for _, path := range []string{"/sys", "/proc/sys"} {
			concealed = append(concealed, specs.Mount{Destination: path, Type: "tmpfs", Source: "tmpfs", Options: hidden})
		}
	}
	code := []string{"bind", "nosuid", "nodev", "rw"}
	if w.sealed {
		code[3] = "ro"
	}
	mounts = append(mounts,
		specs.Mount{Destination: "/proc", Type: "proc", Source: "proc", Options: proc},
		specs.Mount{Destination: sandbox.CodeDir, Type: "bind", Source: codeDir, Options: code},
	)
	if w.scratch >= 0 {
		mounts = append(mounts, specs.Mount{
			Destination: sandbox.ScratchDir, Type: "bind", Source: scratchDir, Options: []string{"bind", "nosuid", "nodev", "rw"},
		})
	} else {
		mounts = append(mounts, specs.Mount{Destination: sandbox.ScratchDir, Type: "tmpfs", Source: "tmpfs", Options: scratch})
	}
	return append(mounts, concealed...)
}

// limits are the resource limits that the kernel keeps for each process. Processor time
// is measured for the whole group; its limit here is only a second fence.
func (w *warden) limits(c *sandbox.Command) []specs.POSIXRlimit {
	files := c.Scratch
	switch {
	case files > 0:
	case w.sealed:
		files = deemster.MaxScratch
	default:
		files = codedir.Size
	}
	var limits []specs.POSIXRlimit
	if !w.engine.runtime.ours {
		// The control group counts the threads that the sentry needs for the program's. The
		// sentry counts the prisoner's own, without the first process: that was not yet his
		// when it was made.
		n := uint64(max(c.Limits.Processes-1, 0))
		limits = append(limits, specs.POSIXRlimit{Type: "RLIMIT_NPROC", Soft: n, Hard: n})
	}
	for _, l := range []struct {
		name  string
		value uint64
	}{
		{"RLIMIT_CPU", uint64(c.Limits.CPU/time.Second) + 2},
		{"RLIMIT_FSIZE", uint64(files)},
		{"RLIMIT_STACK", uint64(c.Limits.Memory)},
		{"RLIMIT_CORE", 1}, // 0 would not stop a core_pattern that is a pipe: core(5)
		{"RLIMIT_NOFILE", openFiles},
		{"RLIMIT_MEMLOCK", 64 << 10},
		{"RLIMIT_MSGQUEUE", 0},
		{"RLIMIT_SIGPENDING", 1024}, // counted for the maker of the user namespace too
		{"RLIMIT_NICE", 0},
		{"RLIMIT_RTPRIO", 0},
	} {
		limits = append(limits, specs.POSIXRlimit{Type: l.name, Soft: l.value, Hard: l.value})
	}
	return limits
}
