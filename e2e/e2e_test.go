package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sitetest"
)

func TestMain(m *testing.M) { os.Exit(sitetest.Main(m)) }

// inModes runs a test all-in-one and split.
func inModes(t *testing.T, test func(t *testing.T, mode sitetest.Mode)) {
	for _, mode := range sitetest.Modes {
		t.Run(string(mode), func(t *testing.T) { test(t, mode) })
	}
}

// program is a file of testdata with the verdicts that are right for it.
type program struct {
	name string
	sitetest.Source
	want []deemster.Verdict
}

var languages = map[string]string{
	".c": "c", ".cpp": "cpp", ".py": "python3", ".java": "java", ".go": "go", ".js": "javascript",
}

// load reads the programs of a folder of testdata. All are for the problem aplusb.
func load(t *testing.T, folder string) []program {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs in %s: %v", folder, err)
	}
	var programs []program
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(content), "\n")
		_, words, ok := strings.Cut(line, "expect: ")
		language := languages[filepath.Ext(file)]
		if !ok || language == "" {
			t.Fatalf("%s: no verdict in its first line, or no known language", file)
		}
		p := program{
			name:   filepath.Base(file),
			Source: sitetest.Source{Problem: "aplusb", Language: language, Source: string(content)},
		}
		for _, word := range strings.Fields(words) {
			p.want = append(p.want, deemster.Verdict(word))
		}
		programs = append(programs, p)
	}
	return programs
}

// named picks the program with a name out of a folder.
func named(t *testing.T, folder, name string) sitetest.Source {
	t.Helper()
	programs := load(t, folder)
	i := slices.IndexFunc(programs, func(p program) bool { return p.name == name })
	if i < 0 {
		t.Fatalf("no program %s/%s", folder, name)
	}
	return programs[i].Source
}

// TestVerdicts hands in every plain program and checks what is said of it.
func TestVerdicts(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "submit=1000/s")
		user := site.Register("ada")
		programs := load(t, "plain")
		accepted := make([]deemster.Submission, len(programs))
		for i, p := range programs {
			accepted[i] = user.Submit(p.Source)
			if s := accepted[i]; s.State != deemster.StateQueued || s.Queue == nil || s.User != user.Handle {
				t.Errorf("%s was accepted as %+v, want it queued", p.name, s)
			}
		}
		for i, p := range programs {
			checkJudged(t, p, user.Judged(accepted[i].ID))
		}
	})
}

// TestCompiledOnce hands in one program twice: it is compiled once, and judged alike.
func TestCompiledOnce(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne, "--rate", "submit=1000/s")
	user := site.Register("ada")
	source := sitetest.Source{Problem: "aplusb", Language: "c", Source: "#include <stdio.h>\nint main(void) { long long a, b; scanf(\"%lld %lld\", &a, &b); printf(\"%lld\\n\", a + b); }\n"}
	first := user.Judged(user.Submit(source).ID)
	second := user.Judged(user.Submit(source).ID)
	source.Source += "// another program\n"
	third := user.Judged(user.Submit(source).ID)
	for i, s := range []deemster.Submission{first, second, third} {
		if s.Verdict != deemster.Accepted || s.Provenance == nil || s.Provenance.Cached != (i == 1) {
			t.Errorf("submission %d: %s, provenance %+v", i+1, s.Verdict, s.Provenance)
		}
	}
}

// checkJudged checks a verdict and what must come with it.
func checkJudged(t *testing.T, p program, s deemster.Submission) {
	t.Helper()
	if !slices.Contains(p.want, s.Verdict) {
		t.Errorf("%s: %s, want %v: %s%s %+v", p.name, s.Verdict, p.want, s.CompileLog, s.Message, s.Tests)
		return
	}
	if s.JudgedAt == nil || s.Attempt != 1 {
		t.Errorf("%s: judged at %v in attempt %d, want the first", p.name, s.JudgedAt, s.Attempt)
	}
	if s.Provenance == nil || s.Provenance.Executor == "" || s.Provenance.Toolchain == "" ||
		s.Provenance.ProblemHash == "" || s.Provenance.Box == "" || s.Provenance.CPU == "" {
		t.Errorf("%s: provenance %+v, want it whole", p.name, s.Provenance)
	}
	switch s.Verdict {
	case deemster.CompileError:
		if s.CompileLog == "" {
			t.Errorf("%s: a compile error without a log", p.name)
		}
	case deemster.Accepted:
		if s.Memory == 0 || s.TestsDone != s.TestsTotal || len(s.Tests) != s.TestsTotal {
			t.Errorf("%s: AC with %d bytes and %d of %d tests", p.name, s.Memory, s.TestsDone, s.TestsTotal)
		}
	default:
		i := slices.IndexFunc(s.Tests, func(t deemster.TestResult) bool { return t.Verdict != deemster.Accepted })
		if i < 0 || s.Tests[i].Verdict != s.Verdict {
			t.Errorf("%s: %s, but the tests say %+v", p.name, s.Verdict, s.Tests)
		}
	}
}

// TestHostilePrograms hands in programs that would harm the judge, one after the other,
// while honest ones are judged beside them.
func TestHostilePrograms(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne, "--rate", "submit=1000/s", "--slots", "2")
	attacker, honest := site.Register("mallory"), site.Register("ada")
	add := named(t, "plain", "add.c")
	for _, p := range load(t, "hostile") {
		t.Run(p.name, func(t *testing.T) {
			attack := attacker.Submit(p.Source)
			for done := false; !done; {
				beside := honest.Judged(honest.Submit(add).ID)
				if beside.Verdict != deemster.Accepted || beside.Attempt != 1 {
					t.Errorf("an honest program beside it: %s in attempt %d, want AC in the first", beside.Verdict, beside.Attempt)
				}
				done = attacker.Submission(attack.ID).State == deemster.StateDone
			}
			checkJudged(t, p, attacker.Judged(attack.ID))
		})
	}
}

// TestOthersSubmissionsLookAbsent shows that an id is no key.
func TestOthersSubmissionsLookAbsent(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne)
	ada, eve := site.Register("ada"), site.Register("eve")
	mine := ada.Submit(named(t, "plain", "add.py"))
	eve.Must(http.StatusNotFound, "GET", "/api/v1/submissions/"+mine.ID, nil, nil)
	site.Visitor().Must(http.StatusUnauthorized, "GET", "/api/v1/submissions/"+mine.ID, nil, nil)
	admin := site.LogIn("admin", sitetest.AdminPassword)
	if got := admin.Judged(mine.ID); got.Verdict != deemster.Accepted {
		t.Errorf("the administrator reads %s, want AC", got.Verdict)
	}
}
