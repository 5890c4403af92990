package doctor

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

func realEngine(t *testing.T) *native.Engine {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("boxes need root: run the tests as root")
	}
	e, err := native.New(native.Config{Slots: 1, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestTryBox(t *testing.T) {
	items, err := tryBox(t.Context(), realEngine(t), t.TempDir())
	if err != nil || len(items) < len(trials) {
		t.Fatalf("%d items, %v", len(items), err)
	}
	for _, item := range items {
		if item.State != OK {
			t.Errorf("%s: %s: %s", item.Name, item.State, item.Found)
		}
	}
}

// loose is an engine that keeps other limits than it is told.
type loose struct {
	sandbox.Engine
	change func(*deemster.Limits)
}

func (e loose) NewBox(ctx context.Context) (sandbox.Box, error) {
	b, err := e.Engine.NewBox(ctx)
	return looseBox{b, e.change}, err
}

type looseBox struct {
	sandbox.Box
	change func(*deemster.Limits)
}

func (b looseBox) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	b.change(&c.Limits)
	return b.Box.Run(ctx, c)
}

// A box that does not hold is told from one that does.
func TestTrialsBite(t *testing.T) {
	engine := realEngine(t)
	for name, change := range map[string]func(*deemster.Limits){
		"memory limit":  func(l *deemster.Limits) { l.Memory *= 2 },
		"process limit": func(l *deemster.Limits) { l.Processes *= 2 },
		"CPU limit":     func(l *deemster.Limits) { l.CPU = max(l.CPU, time.Second) },
		"wall limit":    func(l *deemster.Limits) { l.Wall = max(l.Wall, 1500*time.Millisecond) },
		"output limit":  func(l *deemster.Limits) { l.Output *= 2 },
	} {
		t.Run(name, func(t *testing.T) {
			box, err := sealedBox(t.Context(), loose{engine, change})
			if err != nil {
				t.Fatal(err)
			}
			defer box.Close()
			i := slices.IndexFunc(trials, func(t trial) bool { return t.name == name })
			found, problem, err := trials[i].run(t.Context(), box, t.TempDir())
			if err != nil || problem == "" {
				t.Errorf("not noticed: %s, %v", found, err)
			}
		})
	}
}

// Outside of a box there is much to be found. What the script does to find it is kept from
// the machine by namespaces of the test's own.
func TestHolesAreFound(t *testing.T) {
	data := t.TempDir()
	script := "mount -o bind,ro /usr /usr || exit 1; exec sh -c \"$0\" sh \"$1\""
	output, err := exec.Command("unshare", "--mount", "--pid", "--fork", "--mount-proc", "sh", "-c", script, holes, data).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for _, want := range []string{"the passwords of this machine", "the data directory", "powers of root", "there is a network", "looked"} {
		if !strings.Contains(string(output), want) {
			t.Errorf("not found: %s; found:\n%s", want, output)
		}
	}
}

// A language that works, one that is not there, one whose toolchain is broken, and one
// that is not what it says.
func TestTryLanguages(t *testing.T) {
	engine := realEngine(t)
	all, err := lang.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	python, ok := lang.ByID(all, "python3")
	if !ok {
		t.Fatal("no Python")
	}
	away, broken, wrong := python, python, python
	away.ID, away.Tools = "away", map[string][]string{"python": {"/usr/bin/no-such-python"}}
	broken.ID, broken.Version = "broken", []string{"/bin/false"}
	wrong.Run = []string{"/bin/echo", "41"} // and keeps its id, which finds its self-test
	for _, c := range []struct {
		language lang.Language
		want     State
		found    string
	}{
		{python, OK, "its self-test took"},
		{away, Skipped, "not installed"},
		{broken, Missing, "/bin/false"},
		{wrong, Missing, "gets WA"},
	} {
		languages := []lang.Language{c.language}
		ready, infos, err := lang.Detect(t.Context(), engine, slices.Clone(languages), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		items, err := thisMachine(Config{}).tryLanguages(t.Context(), Bench{engine, languages, ready, infos}, func(string) {})
		if err != nil {
			t.Fatal(err)
		}
		if items[0].State != c.want || !strings.Contains(items[0].Found, c.found) {
			t.Errorf("%s: %+v, want %s: %s", c.language.ID, items[0], c.want, c.found)
		}
		none := len(items) == 2 && items[1].fatal()
		if none != (c.want != OK) {
			t.Errorf("%s: that no language works: %v", c.language.ID, none)
		}
	}
}
