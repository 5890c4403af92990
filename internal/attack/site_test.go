package attack

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

// site is where programs are judged.
type site struct {
	engine    sandbox.Engine
	spec      string
	languages []lang.Language
	programs  []Program
	prebuilt  string // a directory of built programs, or empty
	said      *alarm // what the engine logged
	host      *Host
	seen      Snapshot
	secrets   []string
	others    []string // secrets of the control, which says them itself
	data      string   // tests' inputs and answers, never seen by a box
	control   Program
	idle      time.Duration // of the control, alone

	worstOverhead, worstSettling time.Duration
	worstControl                 float64
}

func openSite(t *testing.T) *site {
	t.Helper()
	s := &site{spec: os.Getenv(boxVariable), prebuilt: os.Getenv(programsVariable), said: &alarm{}, data: t.TempDir()}
	if s.spec == "" {
		s.spec = "native"
	}
	s.choose(t)
	s.plant(t)
	cache, err := s.cache()
	if err != nil {
		t.Fatal(err)
	}
	if s.engine, err = openEngine(t, s.spec, cache, slog.New(slog.NewTextHandler(s.said, &slog.HandlerOptions{Level: slog.LevelWarn}))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.engine.Close(); err != nil {
			t.Error(err)
		}
	})
	s.detect(t, cache)
	if s.host, err = NewHost(s.watched(cache), s.open(), alone()); err != nil {
		t.Fatal(err)
	}
	// The first judgements start what stays: threads that wait for work, and the like.
	var times []time.Duration
	for range 3 {
		times = append(times, s.honest(t))
	}
	s.idle = slices.Min(times)
	s.seen = steady(t, s.host)
	return s
}

// watched are the directories that must stay as they are: the secrets', and those of the
// languages that are prepared; others may be being prepared by other processes.
func (s *site) watched(cache string) []string {
	dirs := []string{filepath.Join(s.data, "private")}
	if cache == "" {
		return dirs
	}
	prepared, _ := filepath.Glob(filepath.Join(cache, "*"))
	for _, dir := range prepared {
		if info, err := os.Stat(dir); err == nil && info.IsDir() && filepath.Ext(dir) == "" {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// open are the directories that everybody may write to.
func (s *site) open() []string {
	var dirs []string
	for _, dir := range []string{"/tmp", "/dev/shm", "/var/tmp"} {
		if _, err := os.Stat(dir); err == nil {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// emulation is how much slower a machine that is emulated may be. Whose time is not the
// point gets so much more.
const emulation = 20

// choose loads the programs that are to run: those that -run names, on this engine, and
// on a machine without compilers those that were built.
func (s *site) choose(t *testing.T) {
	dir := hostile
	if s.prebuilt != "" {
		dir = s.prebuilt
	}
	all, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, only, _ := strings.Cut(flag.Lookup("test.run").Value.String(), "/")
	pattern, err := regexp.Compile(only)
	if err != nil {
		t.Fatal(err)
	}
	foreign, unbuilt := 0, 0
	for _, p := range all {
		_, err := os.Stat(filepath.Join(s.prebuilt, p.binary()))
		switch {
		case !pattern.MatchString(p.Name):
		case len(p.Only) > 0 && !slices.ContainsFunc(p.Only, func(engine string) bool { return strings.HasPrefix(s.spec, engine) }):
			foreign++
		case s.prebuilt != "" && (p.Extension() != "c" || err != nil):
			unbuilt++
		default:
			if s.prebuilt != "" && !slices.Contains(p.Want, deemster.TimeLimitExceeded) {
				p.Limits.CPU *= emulation
				p.Limits.Wall *= emulation
			}
			s.programs = append(s.programs, p)
		}
	}
	if foreign > 0 {
		t.Logf("%d programs make no sense on %s and are not run", foreign, s.spec)
	}
	if unbuilt > 0 {
		t.Logf("%d programs need a compiler or an interpreter, and are not run here", unbuilt)
	}
	if len(s.programs) == 0 {
		t.Fatal("there is no program")
	}
}

// cache is where prepared languages are; empty on a machine without compilers.
func (s *site) cache() (string, error) {
	if s.prebuilt != "" {
		return "", nil
	}
	dir, err := lang.DefaultCacheDir()
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// detect finds the languages of the programs.
func (s *site) detect(t *testing.T, cache string) {
	if s.prebuilt != "" {
		return
	}
	known, err := lang.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var needed []lang.Language
	for _, p := range s.programs {
		l, ok := lang.ByFile(known, p.Name)
		if !ok {
			t.Fatalf("%s: there is no such language", p.Name)
		}
		if _, ok := lang.ByID(needed, l.ID); !ok {
			needed = append(needed, l)
		}
	}
	var infos []deemster.LanguageInfo
	s.languages, infos, err = lang.Detect(context.Background(), s.engine, needed, cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range infos {
		if !info.Available {
			t.Fatal(info.Missing)
		}
	}
}

// plant hides secrets where an executor has them: in its environment, in files that
// everybody on the host could read and in files that only it can, in a descriptor that it
// left open, in another test's answer and in another submission's input.
func (s *site) plant(t *testing.T) {
	private := filepath.Join(s.data, "private")
	if err := os.Mkdir(private, 0o755); err != nil {
		t.Fatal(err)
	}
	s.secrets = []string{os.Getenv(secretVariable)}
	for name, mode := range map[string]os.FileMode{"key": 0o600, "settings": 0o644, "answer": 0o644, "open": 0o644} {
		secret := newSecret(name)
		s.secrets = append(s.secrets, secret)
		if err := os.WriteFile(filepath.Join(private, name), []byte(secret+"\n"), mode); err != nil {
			t.Fatal(err)
		}
	}
	// Without O_CLOEXEC: whoever forks without care passes it on.
	leaked, err := unix.Open(filepath.Join(private, "open"), unix.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Close(leaked) })

	built := s.prebuilt
	if built == "" {
		built = s.data
		if err := buildControl(built); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.ReadFile(filepath.Join(built, controlName))
	if err != nil {
		t.Fatal(err)
	}
	secret := newSecret("input")
	x := uint64(1)
	for range 60_000_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	s.control = Program{
		Name: controlName, Want: []deemster.Verdict{deemster.Accepted}, Runs: 2,
		Files:  []deemster.File{{Content: string(program)}},
		Limits: deemster.Limits{CPU: 20 * time.Second, Wall: 2 * time.Minute, Memory: 64 * deemster.MiB, Output: deemster.MiB, Processes: 16},
		Input:  secret + "\n", Answer: fmt.Sprintln(secret, x),
	}
	s.others = append(s.others, secret)
}

// openEngine makes the engine that spec names. It keeps no boxes ready: what there is
// when nothing runs must not depend on how far a pool is filled.
func openEngine(t *testing.T, spec, cache string, log *slog.Logger) (sandbox.Engine, error) {
	c := engine.Config{Slots: lanes, Image: os.Getenv(imageVariable), Log: log}
	if cache != "" {
		c.ReadOnly = []image.Dir{{Host: cache, Box: lang.CacheDir}}
	}
	return engine.Open(t.Context(), spec, c)
}

// alarm keeps what the engine warns of.
type alarm struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (a *alarm) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text.Write(p)
}

// take gives what was said since it was last asked.
func (a *alarm) take() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer a.text.Reset()
	return a.text.String()
}
