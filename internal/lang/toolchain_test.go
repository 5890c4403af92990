package lang

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// counting is an engine that counts the boxes it gives.
type counting struct {
	*native.Engine
	boxes atomic.Int32
	given func() // called with each box, unless nil
}

func (e *counting) NewBox(ctx context.Context) (sandbox.Box, error) {
	e.boxes.Add(1)
	if e.given != nil {
		e.given()
	}
	return e.Engine.NewBox(ctx)
}

func open(t *testing.T) *counting {
	t.Helper()
	e, err := native.New(native.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return &counting{Engine: e}
}

// find looks for one language that is there.
func find(t *testing.T, e sandbox.Engine, l Language) Language {
	t.Helper()
	there, infos, err := Find(t.Context(), e, []Language{l})
	if err != nil || len(there) != 1 {
		t.Fatalf("Find: %+v, %v", infos, err)
	}
	return there[0]
}

// core are the languages that `make deps-test` brings.
var core = []string{"bash", "c", "cpp", "cpp17", "cpp23", "go", "java", "javascript", "python3", "rust"}

func TestFind(t *testing.T) {
	e := open(t)
	core := slices.DeleteFunc(load(t), func(l Language) bool { return !slices.Contains(core, l.ID) })
	there, infos, err := Find(t.Context(), e, core)
	if err != nil {
		t.Fatal(err)
	}
	if e.boxes.Load() != 1 {
		t.Errorf("took %d boxes, want 1", e.boxes.Load())
	}
	for i, l := range core {
		if infos[i].ID != l.ID || !infos[i].Available || infos[i].Version == "" {
			t.Errorf("%s: %+v", l.ID, infos[i])
		}
	}
	for _, l := range there {
		if err := l.Available(); err != nil {
			t.Error(err)
		}
	}
}

func TestMissingToolchain(t *testing.T) {
	l := language(t, "go")
	l.Tools = map[string][]string{"go": {"/opt/no/such/go", "/usr/share/doc/no such\ngo"}}
	available, infos, err := Detect(t.Context(), open(t), []Language{l}, t.TempDir())
	if err != nil || len(available) != 0 || len(infos) != 1 || infos[0].Available {
		t.Fatalf("Detect = %v, %+v, %v", available, infos, err)
	}
	if !strings.Contains(infos[0].Missing, "deemster languages install go") {
		t.Errorf("missing: %q", infos[0].Missing)
	}
}

// How to get a toolchain depends on where boxes have theirs from.
func TestRemedy(t *testing.T) {
	l := language(t, "typescript")
	for root, want := range map[string]string{
		"/":      "deemster languages install typescript",
		"/image": "install the Debian package nodejs and npm and npm's typescript@",
		"":       "in the boxes' image",
	} {
		l.settle(nil, root)
		if err := l.missing(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("root %q: %v, want %q", root, err, want)
		}
	}
}

func TestBrokenToolchain(t *testing.T) {
	l := language(t, "python3")
	for _, command := range []string{"/bin/false", "/bin/none"} {
		l.Version = []string{command}
		there, infos, err := Find(t.Context(), open(t), []Language{l})
		if err != nil || len(there) != 0 || infos[0].Available || !strings.Contains(infos[0].Missing, command) {
			t.Errorf("Find = %+v, %v", infos, err)
		}
	}
}

// A toolchain that goes away is missed, also where links lead to it as a box sees them.
func TestToolchainGoesAway(t *testing.T) {
	l := language(t, "python3")
	l.settle(map[string]string{"/usr/bin/python3": ""}, t.TempDir())
	bin := filepath.Join(l.root, "usr", "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/usr/bin/deemster-test-python", filepath.Join(bin, "python3")); err != nil {
		t.Fatal(err)
	}
	if err := l.Available(); deemster.KindOf(err) != deemster.Unavailable || !strings.Contains(err.Error(), "/usr/bin/python3") {
		t.Errorf("gone: %v", err)
	}
	if err := os.WriteFile(filepath.Join(bin, "deemster-test-python"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := l.Available(); err != nil {
		t.Errorf("there: %v", err)
	}
	l.root = ""
	l.found["python"] = found{place: "/no/such/python"}
	if err := l.Available(); err != nil {
		t.Errorf("where only a box could tell: %v", err)
	}
}

// Another toolchain has another cache.
func TestCacheName(t *testing.T) {
	names := map[string]bool{}
	for _, stamp := range []string{"", "1 2", "1 3"} {
		l := language(t, "go")
		l.settle(map[string]string{"/usr/local/go": "0 0", "/usr/local/go/VERSION": stamp}, "")
		for _, version := range []string{"go1", "go2"} {
			l.version = version
			names[l.cacheName()] = true
		}
	}
	if len(names) != 6 {
		t.Errorf("6 toolchains, and these names: %v", names)
	}
}

func TestPrepare(t *testing.T) {
	e := open(t)
	l := find(t, e, language(t, "python3"))
	l.PrepareScript = "echo {cache} | tee where; mkdir -p a/b; echo x > a/b/run; chmod 755 a/b/run; sleep 0.1"
	dir := filepath.Join(t.TempDir(), "cache")
	e.boxes.Store(0)
	errs := make(chan error)
	for range 3 {
		go func() { errs <- l.Prepare(context.Background(), e, dir) }()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	if e.boxes.Load() != 1 {
		t.Errorf("the script ran %d times, want once", e.boxes.Load())
	}
	where, err := os.ReadFile(filepath.Join(dir, l.cache, "where"))
	if want := CacheDir + "/" + l.cache + "\n"; err != nil || string(where) != want {
		t.Errorf("where = %q, %v; want %q", where, err, want)
	}
	for name, want := range map[string]os.FileMode{"": 0o755, "where": 0o644, "a/b": 0o755, "a/b/run": 0o755} {
		info, err := os.Stat(filepath.Join(dir, l.cache, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
}

// A script that fails, is interrupted or leaves what cannot be taken leaves nothing that
// looks prepared.
func TestPrepareFails(t *testing.T) {
	e := open(t)
	l := find(t, e, language(t, "python3"))
	dir := t.TempDir()
	for script, want := range map[string]string{
		"echo half > done; echo the reason >&2; false; echo never": "the reason",
		"echo half > done; exit 3":                                 "exit 3",
		"echo half > done; ln -s /etc/passwd link":                 "neither a file nor a directory",
	} {
		l.PrepareScript = script
		if err := l.Prepare(t.Context(), e, dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q in it", script, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	l.PrepareScript = "sleep 60 & wait"
	e.given = cancel
	if err := l.Prepare(ctx, e, dir); err == nil {
		t.Error("interrupted, and no error")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			t.Errorf("left: %s", entry.Name())
		}
	}
}
