package attack

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

func TestParse(t *testing.T) {
	dir := t.TempDir()
	one := "// try: says a | b: all\n// want: TLE or RE\n// limits: cpu=500ms wall=2s memory=16MiB output=1KiB processes=3 compile=4s\n" +
		"// input: 20 \"22\"\\n\n// answer: 42\\n\n// log: !root\n// log: 42\n// runs: 2\n// only: native docker\nint main;\n// want: AC\n"
	many := "# try: is a directory\n# want: CE\n"
	if err := os.Mkdir(filepath.Join(dir, "g09-two.py"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"a01-one-thing.c": one, "g09-two.py/expect": many, "g09-two.py/a.py": "a", "g09-two.py/b.py": "b", "a01-one-thing": "built",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Program{{
		Name: "a01-one-thing.c", Try: "says a | b: all", Want: []deemster.Verdict{"TLE", "RE"},
		Limits: deemster.Limits{
			CPU: 500 * time.Millisecond, Wall: 2 * time.Second, Memory: 16 * deemster.MiB, Output: deemster.KiB, Processes: 3,
		},
		Compile: deemster.Limits{CPU: 4 * time.Second},
		Input:   "20 \"22\"\n", Answer: "42\n", Log: []string{"!root", "42"}, Runs: 2, Only: []string{"native", "docker"},
		Files: []deemster.File{{Name: "a01-one-thing.c", Content: one}},
	}, {
		Name: "g09-two.py", Try: "is a directory", Want: []deemster.Verdict{"CE"},
		Limits: deemster.Limits{CPU: time.Second, Wall: 3 * time.Second, Memory: 256 * deemster.MiB, Output: deemster.MiB, Processes: 64},
		Answer: "ok\n", Runs: 1,
		Files: []deemster.File{{Name: "a.py", Content: "a"}, {Name: "b.py", Content: "b"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p := got[0]; p.Row() != "A01" || p.Title() != "one thing" || p.Extension() != "c" || p.AtCompileTime() || !got[1].AtCompileTime() {
		t.Errorf("%s, %s, %s", p.Row(), p.Title(), p.Extension())
	}
}

func TestParseRefuses(t *testing.T) {
	for _, header := range []string{
		"", "// try: x\n", "// want: AC\n", "// try: x\n// want: OK\n", "// try: x\n// want: AC\n// limits: cpus=1s\n",
		"// try: x\n// want: AC\n// limits: cpu=1\n", "// try: x\n// want: AC\n// input: \\q\n",
	} {
		var p Program
		if err := p.parse(header); err == nil {
			t.Errorf("%q is taken", header)
		}
	}
}

// A judgement that keeps all it should has no fault, and each thing that can be wrong
// with one is one.
func TestFaults(t *testing.T) {
	s := &site{secrets: []string{"canary"}, others: []string{"other"}, control: Program{Name: controlName}}
	p := Program{Name: "a01-x.c", Want: []deemster.Verdict{deemster.Accepted}, Log: []string{"!root"}}
	limits := deemster.Limits{CPU: time.Second, Wall: time.Second, Memory: deemster.MiB, Output: deemster.KiB}
	for _, tt := range []struct {
		want  string // how the fault begins
		spoil func(j *judgement)
	}{
		{"", func(*judgement) {}},
		{"JE", func(j *judgement) { j.err = os.ErrClosed }},
		{"test 1: WA", func(j *judgement) { j.result.Tests[0].Verdict = deemster.WrongAnswer }},
		{"S", func(j *judgement) { j.spoilt = "in has another owner" }},
		{"F", func(j *judgement) { j.took = 2 * j.limit }},
		{"F", func(j *judgement) { j.runs[0].took = time.Minute }},
		{"B", func(j *judgement) { j.runs[0].passed = 2 * deemster.KiB }},
		{"B", func(j *judgement) { j.runs[0].outcome.Stderr = make([]byte, 5000) }},
		{"B", func(j *judgement) { j.result.CompileLog = strings.Repeat("x", 70_000) }},
		{"B", func(j *judgement) { j.result.Tests[0].Feedback = strings.Repeat("x", 2000) }},
		{"B", func(j *judgement) { j.result.Tests[0].Feedback = "\xff" }},
		{"S", func(j *judgement) { j.said = "a canary sings" }},
		{"S", func(j *judgement) { j.said = "another" }},
		{"S", func(j *judgement) { j.result.CompileLog = "a canary sings" }},
		{"S", func(j *judgement) { j.result.Tests[0].Feedback = "root:x:0" }},
		{"over the limit", func(j *judgement) { j.runs[0].outcome.Ending = sandbox.CPULimit }},
		{"over the wall limit", func(j *judgement) { j.runs[0].outcome.Ending = sandbox.WallLimit }},
		{"used", func(j *judgement) { j.runs[0].outcome.CPU = 2 * time.Second }},
		{"used", func(j *judgement) { j.runs[0].outcome.Memory = 3 * deemster.MiB }},
	} {
		j := judgement{
			limit:  time.Second,
			runs:   []run{{command: sandbox.Command{Args: []string{"/code/x"}, Limits: limits}, outcome: sandbox.Outcome{Ending: sandbox.Exited}}},
			result: judge.Result{Tests: []deemster.TestResult{{Verdict: deemster.Accepted}}},
		}
		tt.spoil(&j)
		faults := strings.Join(s.faults(p, j), "\n")
		if !strings.HasPrefix(faults, tt.want) || tt.want == "" && faults != "" {
			t.Errorf("faults %q, want %q", faults, tt.want)
		}
	}
}

func TestSpoilt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	files := map[string]string{path: "1\n"}
	for _, tt := range []struct {
		want  string
		spoil func() error
	}{
		{"", func() error { return nil }},
		{"other content", func() error { return os.WriteFile(path, []byte("2\n"), 0o600) }},
		{"other rights", func() error { return os.Chmod(path, 0o666) }},
		{"no such file", func() error { return os.Remove(path) }},
	} {
		if err := os.WriteFile(path, []byte("1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tt.spoil(); err != nil {
			t.Fatal(err)
		}
		if got := spoilt(files); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// Two engines write into one table, and each only its own column.
func TestTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.md")
	p := Program{Name: "a01-fork-bomb.c", Try: "forks | forks", Want: []deemster.Verdict{"TLE", "RE"}}
	for _, result := range []struct {
		engine  string
		verdict deemster.Verdict
	}{{"native", "RE"}, {"oci:crun", "TLE"}, {"native", "TLE"}} {
		if err := writeTable(path, result.engine, []row{{p, []deemster.Verdict{result.verdict, result.verdict}}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := `| row | program | language | what it tries | wanted | native | oci:crun |
| --- | --- | --- | --- | --- | --- | --- |
| A01 | fork bomb | c | forks \| forks | TLE or RE | TLE | TLE |
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

// Programs are built for a machine without compilers.
func TestPrebuild(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	for name, content := range map[string]string{
		"a01-x.c":  "// try: x\n// want: AC\nint main(void) { return 0; }\n",
		"g01-x.c":  "// try: x\n// want: CE\n#error no\n",
		"a01-y.py": "# try: y\n# want: AC\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Prebuild(dir, out); err != nil {
		t.Fatal(err)
	}
	built, err := os.ReadFile(filepath.Join(out, "a01-x"))
	if err != nil || !bytes.HasPrefix(built, []byte("\x7fELF")) {
		t.Errorf("built %.10q, %v", built, err)
	}
	if programs, err := Load(out); err != nil || len(programs) != 3 {
		t.Errorf("%d programs, %v", len(programs), err)
	}
}
