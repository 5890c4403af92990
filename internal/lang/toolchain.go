package lang

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/deemster-oj/deemster"
)

const (
	versionTime = 10 * time.Second // for a toolchain to say its version
	maxVersion  = 200              // bytes of it that are kept
)

// Detect looks which languages this machine has, and prepares those in cacheDir. It
// returns them, ready to be used by an engine that shows cacheDir at [CacheDir], and
// what is to be said of all. A language that cannot be prepared counts as missing.
//
// The first time on a machine this takes as long as compiling Go's standard library.
func Detect(ctx context.Context, languages []Language, cacheDir string) ([]Language, []deemster.LanguageInfo) {
	infos := make([]deemster.LanguageInfo, len(languages))
	var wait sync.WaitGroup
	for i, l := range languages {
		wait.Go(func() {
			infos[i] = Info(ctx, l)
			if !infos[i].Available {
				return
			}
			if err := l.Prepare(ctx, cacheDir); err != nil {
				infos[i].Available = false
				infos[i].Missing = "the toolchain could not be prepared: " + deemster.PublicError(err).Title
			}
		})
	}
	wait.Wait()
	var available []Language
	for i, l := range languages {
		if infos[i].Available {
			available = append(available, l)
		}
	}
	return available, infos
}

// Info says what is to be known of a language, and asks its toolchain for its version.
func Info(ctx context.Context, l Language) deemster.LanguageInfo {
	info := deemster.LanguageInfo{
		ID:          l.ID,
		Name:        l.Name,
		Extensions:  l.Extensions,
		Source:      l.Source,
		TimeFactor:  l.TimeFactor,
		TimeExtraMS: l.TimeExtra.Milliseconds(),
		MemoryExtra: deemster.Bytes(l.MemoryExtra),
	}
	if err := l.Available(); err != nil {
		info.Missing = deemster.PublicError(err).Title
		return info
	}
	version, err := l.version(ctx)
	if err != nil {
		info.Missing = deemster.PublicError(err).Title
		return info
	}
	info.Version = version
	info.Available = true
	return info
}

// Available looks for the language's tools where boxes see them. The error, of kind
// Unavailable, says which is missing and how to get it.
func (l Language) Available() error {
	for name, places := range l.Tools {
		if _, ok := l.tool(name); !ok {
			return deemster.Errorf(deemster.Unavailable, "%s needs %s: install the Debian package %s",
				l.Name, strings.Join(places, " or "), strings.ReplaceAll(l.Package, " ", " and "))
		}
	}
	return nil
}

// tool finds a tool; without any it is the first place, and false.
func (l Language) tool(name string) (string, bool) {
	places := l.Tools[name]
	i := slices.IndexFunc(places, func(place string) bool {
		info, err := os.Stat(place)
		return err == nil && (info.IsDir() || info.Mode()&0o111 != 0)
	})
	if i < 0 {
		return places[0], false
	}
	return places[i], true
}

// version asks the toolchain on the host for its version: the first line it prints.
func (l Language) version(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, versionTime)
	defer cancel()
	command := l.expand(l.Version, nil, nil)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = hostEnv()
	cmd.WaitDelay = time.Second
	output, err := cmd.CombinedOutput()
	if err != nil {
		e := deemster.Errorf(deemster.Unavailable, "%s does not work: %s fails", l.Name, strings.Join(command, " "))
		e.Cause = err
		return "", e
	}
	line, _, _ := bytes.Cut(bytes.TrimSpace(output), []byte("\n"))
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

// hostEnv is the environment of a toolchain on the host.
func hostEnv() []string {
	env := []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"}
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CACHE_HOME"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}
