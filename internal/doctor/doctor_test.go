package doctor

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
)

var update = flag.Bool("update", false, "write what is found into testdata")

const (
	wanted = "want"     // the part of a file that says what must be found
	absent = "(absent)" // the content of a file that the machine does not have
)

// The files in testdata/machines are machines: what is told of them, files of theirs, and
// what is to be found wrong. Each begins as healthy.txtar and differs in what it says.
func TestMachines(t *testing.T) {
	paths, err := filepath.Glob("testdata/machines/*.txtar")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d machines, %v", len(paths), err)
	}
	seen := map[string]bool{} // every check must have been seen to fail
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var found strings.Builder
			report := machineOf(t, archive).examine(advisory, essential, tried)
			for _, item := range report.Items {
				if item.State == OK {
					continue
				}
				seen[item.Name] = true
				state := string(item.State)
				if item.fatal() {
					state = "MISSING"
				}
				fmt.Fprintf(&found, "%s %s: %s\n\t%s\n", state, item.Name, item.Found, item.Advice)
			}
			if err := report.refusal(); err != nil {
				fmt.Fprintf(&found, "%v\n", err)
			}
			want := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == wanted })
			if want < 0 {
				t.Fatal("says not what it wants")
			}
			if *update {
				archive.Files[want].Data = []byte(found.String())
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got := found.String(); got != string(archive.Files[want].Data) {
				t.Errorf("found:\n%swant:\n%s", got, archive.Files[want].Data)
			}
		})
	}
	for _, c := range checks() {
		if !seen[c.name] && c.name != "isolated cores" { // of which nothing bad is to be said
			t.Errorf("no machine shows what %q finds wrong", c.name)
		}
	}
}

// machineOf is the machine that an archive tells of.
func machineOf(t *testing.T, archive *txtar.Archive) *machine {
	t.Helper()
	healthy, err := txtar.ParseFile("testdata/machines/healthy.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range slices.Concat(healthy.Files, archive.Files) {
		switch {
		case f.Name == wanted:
		case strings.TrimSpace(string(f.Data)) == absent:
			maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool {
				return name == f.Name || strings.HasPrefix(name, f.Name+"/")
			})
		case strings.HasPrefix(f.Name, "dev/"):
			files[f.Name] = &fstest.MapFile{Mode: fs.ModeDevice | fs.ModeCharDevice | 0o666}
		default:
			files[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
		}
	}
	told := map[string]string{}
	for _, archive := range []*txtar.Archive{healthy, archive} {
		for line := range strings.Lines(string(archive.Comment)) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				told[key] = value
			}
		}
	}
	number := func(key string) int {
		n, err := strconv.Atoi(told[key])
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		return n
	}
	list := func(key string) []string {
		if told[key] == "" {
			return nil
		}
		return strings.Split(told[key], ", ")
	}
	return &machine{files: files, data: told["data"], image: told["image"], slots: number("slots"), probe: probe{
		arch: told["arch"], uid: number("uid"), pid: 1000, processors: number("processors"),
		openFiles: uint64(number("open files")), limited: list("limited"), landlock: number("landlock"),
		calls: list("absent calls"), namespaces: func() []string { return list("refused namespaces") }, timeSynced: told["clock"] == "set",
		writable: func(path string) bool {
			return !slices.ContainsFunc(list("not writable"), func(dir string) bool { return strings.HasPrefix(path+"/", dir+"/") })
		},
		room: func(path string) (deemster.Bytes, int64, error) {
			if path == told["unreadable"] {
				return 0, 0, errors.New("permission denied")
			}
			return deemster.Bytes(number("free MiB")) * deemster.MiB, int64(number("free files")), nil
		},
	}}
}

// A machine whose files cannot be read at all is not fit, and nothing breaks.
func TestEmptyMachine(t *testing.T) {
	m := &machine{files: fstest.MapFS{}, slots: 1, probe: probe{
		writable:   func(string) bool { return false },
		namespaces: func() []string { return nil },
		room:       func(string) (deemster.Bytes, int64, error) { return 0, 0, errors.New("no disk") },
	}}
	report := m.examine(advisory, essential, tried)
	if report.OK || len(report.Items) != len(checks()) || report.refusal() == nil {
		t.Errorf("%+v", report)
	}
}

// What cannot be made is said, and that languages were not tried.
func TestNoBoxes(t *testing.T) {
	report, err := Examine(context.Background(), Config{
		Data:  t.TempDir(),
		Boxes: func(context.Context) (Bench, error) { return Bench{}, errors.New("boxes are out") },
	})
	if err != nil || report.OK {
		t.Fatalf("OK %v, %v", report.OK, err)
	}
	last := report.Items[len(report.Items)-2:]
	if last[0].Found != "boxes are out" || !last[0].fatal() || last[1].State != Skipped {
		t.Errorf("%+v", last)
	}
	var out strings.Builder
	if err := report.Print(&out, false); err != nil || !strings.Contains(out.String(), "\nThis machine is not fit for strangers' programs. Missing: ") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// The kernel that runs this test has what it is asked for.
func TestAskKernel(t *testing.T) {
	p := askKernel()
	if p.arch != "x86_64" || p.processors < 1 || p.openFiles < 1 || len(p.calls) > 0 || len(p.namespaces()) > 0 {
		t.Errorf("%+v", p)
	}
	if dir := t.TempDir(); !p.writable(dir) || p.writable(dir+"/none") {
		t.Error("writable does not tell what is")
	}
	if free, files, err := p.room("/"); err != nil || free == 0 || files == 0 {
		t.Errorf("room: %v, %d, %v", free, files, err)
	}
}

// A language's tools are looked for where boxes have them from.
func TestInstalled(t *testing.T) {
	m := &machine{files: fstest.MapFS{"srv/image/usr/bin/python3": {}, "usr/bin/gcc": {}}}
	python := lang.Language{Tools: map[string][]string{"python": {"/usr/local/bin/python3", "/usr/bin/python3"}}}
	gcc := lang.Language{Tools: map[string][]string{"gcc": {"/usr/bin/gcc"}}}
	for image, want := range map[string]lang.Language{"": gcc, "/srv/image": python} {
		m.image = image
		for _, l := range []lang.Language{python, gcc} {
			if got := m.installed(l); got != reflect.DeepEqual(l, want) {
				t.Errorf("image %q, %v: %v", image, l.Tools, got)
			}
		}
	}
	if m.image = "deemster/languages"; m.installed(gcc) {
		t.Error("found in an image that is not seen from here")
	}
}
