package lang

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// maxVersion is how much is kept of what a toolchain says of itself.
const maxVersion = 200

// versionLimits hold for a toolchain that says its version.
var versionLimits = deemster.Limits{
	CPU: 10 * time.Second, Wall: 20 * time.Second, Memory: deemster.GiB, Output: deemster.MiB, Processes: 256,
}

// found is a tool in the boxes.
type found struct {
	place string
	stamp string // size and time of change: another tool at the same place has another
}

// hosted is an engine whose boxes see a directory of this machine as their root's
// toolchains. With others only a box can tell what is there.
type hosted interface{ HostRoot() string }

// Detect looks which languages an engine's boxes have, and prepares those in cacheDir. It
// returns them, ready to be used by an engine that shows cacheDir at [CacheDir], and
// what is to be said of all. A language that cannot be prepared counts as missing.
//
// The first time with a toolchain this takes as long as compiling Go's standard library.
func Detect(ctx context.Context, engine sandbox.Engine, languages []Language, cacheDir string) ([]Language, []deemster.LanguageInfo, error) {
	there, infos, err := Find(ctx, engine, languages)
	if err != nil {
		return nil, nil, err
	}
	failed := make([]error, len(there))
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for i, l := range there {
		group.Go(func() error {
			failed[i] = l.Prepare(ctx, engine, cacheDir)
			return nil
		})
	}
	_ = group.Wait()
	var ready []Language
	for i, l := range there {
		if failed[i] == nil {
			ready = append(ready, l)
			continue
		}
		at := slices.IndexFunc(infos, func(info deemster.LanguageInfo) bool { return info.ID == l.ID })
		infos[at].Available = false
		infos[at].Missing = "the toolchain could not be prepared: " + deemster.PublicError(failed[i]).Title
	}
	return ready, infos, ctx.Err()
}

// Find looks which languages an engine's boxes have and asks their toolchains for their
// versions, all in one box. It returns those that are there, and what is to be said of all.
func Find(ctx context.Context, engine sandbox.Engine, languages []Language) (_ []Language, _ []deemster.LanguageInfo, err error) {
	box, err := engine.NewBox(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("lang: get a box: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	stamps, err := look(ctx, box, languages)
	if err != nil {
		return nil, nil, err
	}
	root := ""
	if h, ok := engine.(hosted); ok {
		root = h.HostRoot()
	}
	type answer struct {
		version string
		err     error
	}
	answers := map[string]answer{} // by command line: dialects of a language share a compiler
	var there []Language
	var infos []deemster.LanguageInfo
	for _, l := range languages {
		l.settle(stamps, root)
		info := l.info()
		if err := l.missing(); err != nil {
			info.Missing = deemster.PublicError(err).Title
			infos = append(infos, info)
			continue
		}
		command := l.expand(l.Version, nil, nil)
		a, asked := answers[strings.Join(command, "\x00")]
		if !asked {
			a.version, a.err = version(ctx, box, l.Name, command)
			answers[strings.Join(command, "\x00")] = a
		}
		if a.err != nil {
			info.Missing = deemster.PublicError(a.err).Title
		} else {
			info.Version, info.Available = a.version, true
			l.version = a.version
			l.cache = l.cacheName()
			there = append(there, l)
		}
		infos = append(infos, info)
	}
	return there, infos, ctx.Err()
}

// info says what is known of a language without its toolchain.
func (l Language) info() deemster.LanguageInfo {
	return deemster.LanguageInfo{
		ID:          l.ID,
		Name:        l.Name,
		Extensions:  l.Extensions,
		Source:      l.Source,
		TimeFactor:  l.TimeFactor,
		TimeExtraMS: l.TimeExtra.Milliseconds(),
		MemoryExtra: deemster.Bytes(l.MemoryExtra),
	}
}

// look gives the stamps of the tools that are in a box, by their places.
func look(ctx context.Context, box sandbox.Box, languages []Language) (map[string]string, error) {
	// The first path is always there, so that what was found can be told from not looking.
	args := []string{"/bin/sh", "-c", `stat -L -c '%f %s %Y %n' "$@" 2>/dev/null`, "sh", "/"}
	for _, l := range languages {
		for _, places := range l.Tools {
			for _, place := range places {
				args = append(args, place, versionFile(place))
			}
		}
	}
	var out bytes.Buffer
	o, err := box.Run(ctx, sandbox.Command{Args: args, Stdout: &out, KeepStderr: deemster.KiB, Limits: versionLimits})
	if err != nil {
		return nil, fmt.Errorf("lang: look for toolchains: %w", err)
	}
	stamps := map[string]string{}
	for line := range strings.Lines(out.String()) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(fields) < 4 {
			continue
		}
		mode, err := strconv.ParseUint(fields[0], 16, 32)
		if err != nil {
			continue
		}
		if mode&unix.S_IFMT == unix.S_IFDIR || mode&0o111 != 0 || path.Base(fields[3]) == "VERSION" {
			stamps[fields[3]] = fields[1] + " " + fields[2]
		}
	}
	if _, ok := stamps["/"]; !ok {
		return nil, deemster.Errorf(deemster.Unavailable,
			"no toolchain can be looked for: boxes lack /bin/sh or stat (%s %d: %.200s)", o.Ending, o.ExitCode, o.Stderr)
	}
	return stamps, nil
}

// versionFile is where a toolchain that is a directory, as Go's, says what it is.
func versionFile(place string) string { return path.Join(place, "VERSION") }

// settle chooses each tool's place: the first that is there.
func (l *Language) settle(stamps map[string]string, root string) {
	l.root, l.found = root, map[string]found{}
	for name, places := range l.Tools {
		for _, place := range places {
			if stamp, ok := stamps[place]; ok {
				l.found[name] = found{place, stamp + " " + stamps[versionFile(place)]}
				break
			}
		}
	}
}

// missing is the error, of kind Unavailable, that says which tool boxes lack and how to
// get it.
func (l Language) missing() error {
	for name, places := range l.Tools {
		if _, ok := l.found[name]; !ok && !slices.Contains(l.Optional, name) {
			return deemster.Errorf(deemster.Unavailable, "%s needs %s: %s", l.Name, strings.Join(places, " or "), l.remedy())
		}
	}
	return nil
}

// Available looks whether the tools that were found are still where boxes see them. It
// can tell only where that is a directory of this machine; the error is of kind
// Unavailable.
func (l Language) Available() error {
	if l.root == "" {
		return nil
	}
	root, err := unix.Open(l.root, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("lang: look for toolchains: %w", &os.PathError{Op: "open", Path: l.root, Err: err})
	}
	defer unix.Close(root)
	for _, tool := range l.found {
		// Links are followed as the box follows them.
		how := unix.OpenHow{Flags: unix.O_PATH | unix.O_CLOEXEC, Resolve: unix.RESOLVE_IN_ROOT}
		fd, err := unix.Openat2(root, tool.place, &how)
		if err != nil {
			return deemster.Errorf(deemster.Unavailable, "%s needs %s, which is gone: %s", l.Name, tool.place, l.remedy())
		}
		_ = unix.Close(fd)
	}
	return nil
}

// remedy says how to get the toolchain.
func (l Language) remedy() string {
	if l.root == "/" {
		return "deemster languages install " + l.ID
	}
	what := "install the Debian package " + strings.ReplaceAll(l.Package, " ", " and ")
	if l.Npm != "" {
		what += " and npm's " + strings.ReplaceAll(l.Npm, " ", " and ")
	}
	return what + " in the boxes' image"
}

// Lacking tells whether this machine itself, not a box, lacks a tool of the language, of
// the optional ones too.
func (l Language) Lacking() bool {
	for _, places := range l.Tools {
		if !slices.ContainsFunc(places, func(place string) bool { return unix.Access(place, unix.F_OK) == nil }) {
			return true
		}
	}
	return false
}

// place is where a tool is; before anybody has looked, the first place it may be.
func (l Language) place(name string) string {
	if tool, ok := l.found[name]; ok {
		return tool.place
	}
	return l.Tools[name][0]
}

// version asks a toolchain for its version: the first line it prints.
func version(ctx context.Context, box sandbox.Box, name string, command []string) (string, error) {
	var output bytes.Buffer
	o, err := box.Run(ctx, sandbox.Command{Args: command, Stdout: &output, MergeOutput: true, Limits: versionLimits})
	if err != nil {
		return "", fmt.Errorf("lang: version of %s: %w", name, err)
	}
	if o.Ending != sandbox.Exited || o.ExitCode != 0 {
		e := deemster.Errorf(deemster.Unavailable, "%s does not work: %s fails", name, strings.Join(command, " "))
		e.Cause = fmt.Errorf("%s %d %s: %.200s", o.Ending, o.ExitCode, o.Signal, output.Bytes())
		return "", e
	}
	line, _, _ := bytes.Cut(bytes.TrimSpace(output.Bytes()), []byte("\n"))
	text := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, string(line[:min(len(line), maxVersion)]))
	if text == "" {
		return "", fmt.Errorf("lang: %s prints no version", command[0])
	}
	return text, nil
}
