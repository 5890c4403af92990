package judge

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
)

// echoed is a task whose output is what is in its test's input, looked at by a validator in
// Python or C.
func echoed(t *testing.T, m machine, protocol deemster.Protocol, validator deemster.File, inputs ...string) Task {
	t.Helper()
	cat, ok := lang.ByID(m.languages, "bash")
	of, known := lang.ByFile(m.languages, validator.Name)
	if !ok || !known {
		t.Fatal("this machine lacks the language: scripts/install-deps run")
	}
	task := Task{
		Language: cat, Files: []deemster.File{{Name: "main.sh", Content: "cat\n"}},
		Limits: deemster.Limits{CPU: time.Second, Memory: 64 * deemster.MiB, Output: deemster.MiB},
		Validator: &Validator{
			Language: of, Files: []deemster.File{validator}, Protocol: protocol,
			Limits: deemster.Limits{CPU: 100 * time.Millisecond, Wall: 2 * time.Second, Memory: 64 * deemster.MiB, Output: deemster.MiB},
		},
	}
	for i, input := range inputs {
		task.Tests = append(task.Tests, Test{
			Name: "secret/" + string(rune('1'+i)), Group: "secret",
			Input: content(t, input), Answer: content(t, "answer of "+input), Args: []string{"x y", "z"},
		})
	}
	return task
}

func judged(t *testing.T, m machine, task Task) Result {
	t.Helper()
	r, err := Judge(t.Context(), m.builder, task, silent)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What the format's validators are given, and what becomes of what they leave.
func TestValidator(t *testing.T) {
	m := realMachine(t)
	task := echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.py", Content: `
import sys, os
name, input, answer, feedback, *args = sys.argv
assert args == ["x y", "z"], args
assert feedback.endswith("/") and os.listdir(feedback) == [], feedback
output = sys.stdin.read()
assert open(input).read() == output
assert open(answer).read() == "answer of " + output
with open(feedback + "judgemessage.txt", "w") as f:
    f.write("it was " + output + "\x07")
with open(feedback + "teammessage.txt", "w") as f:
    f.write("Read it again.\n" + "!" * 5000)
sys.exit(42 if output == "good" else 43)
`}, "good", "good", "bad")
	r := judged(t, m, task)
	if r.Verdict != deemster.WrongAnswer || r.Message != "" {
		t.Errorf("%+v, want WA", r)
	}
	for i, want := range []deemster.Verdict{deemster.Accepted, deemster.Accepted, deemster.WrongAnswer} {
		test := r.Tests[i]
		output := []string{"good", "good", "bad"}[i]
		if test.Verdict != want || test.Message != "it was "+output || !strings.HasPrefix(test.Feedback, "Read it again.\n!") || deemster.Bytes(len(test.Feedback)) > deemster.MaxFeedback {
			t.Errorf("test %d: %+v", i, test)
		}
	}
}

// A validator is asked only about runs without fault.
func TestValidatorIsNotAsked(t *testing.T) {
	m := realMachine(t)
	task := echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.py", Content: "import sys\nsys.exit(42)\n"}, "good")
	task.Files[0].Content = "cat; exit 3\n"
	if r := judged(t, m, task); r.Verdict != deemster.RunTimeError {
		t.Errorf("%+v, want RE", r)
	}
}

// Whatever a validator does wrong is told its setter, and says nothing of the program.
func TestBrokenValidator(t *testing.T) {
	m := realMachine(t)
	for _, tt := range []struct{ name, source, want string }{
		{"crashes", `int main(void) { __builtin_trap(); }`, "was ended by SIGILL"},
		{"exits with 0", `int main(void) { return 0; }`, "exit status 0"},
		{"exits with 3", `#include <stdio.h>
int main(void) { fputs("no such edge", stderr); return 3; }`, "exit status 3, which is neither 42 nor 43.\nno such edge"},
		{"loops", `int main(void) { for (;;); }`, "more than the 100ms of processor time"},
		{"hangs", `#include <unistd.h>
int main(void) { pause(); }`, "does not end within the 2s"},
		{"floods", `#include <stdio.h>
int main(void) { for (;;) puts("what?"); }`, "writes more than the 1 MiB"},
		{"eats", `#include <stdlib.h>
#include <string.h>
int main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }`, "more than the 64 MiB of memory"},
		{"does not compile", `int main(void) { return }`, "does not compile:\n"},
		{"nonsense for a score", `#include <stdio.h>
int main(int n, char **a) { chdir(a[3]); fputs("much", fopen("score.txt", "w")); return 42; }`, `wrote "much" into score.txt`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := judged(t, m, echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.c", Content: tt.source}, "good", "bad"))
			if r.Verdict != deemster.JudgeError || !strings.Contains(r.Message, tt.want) {
				t.Fatalf("%+v, want JE and %q", r, tt.want)
			}
			if tt.name == "does not compile" {
				return
			}
			if !strings.HasPrefix(r.Message, "Test secret/1: The problem's validator ") || r.Tests[0].Verdict != deemster.JudgeError || r.Tests[1].Verdict != deemster.Skipped {
				t.Errorf("%q, tests %+v", r.Message, r.Tests)
			}
		})
	}
}

// Points are the validator's, where there are any.
func TestValidatorGivesPoints(t *testing.T) {
	m := realMachine(t)
	task := echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.py", Content: `
import sys
output = sys.stdin.read()
if output == "bad":
    sys.exit(43)
file, number = output.split()
open(sys.argv[3] + file, "w").write(number + "\n")
sys.exit(42)
`}, "score.txt 7.5", "score_multiplier.txt 0.25", "bad")
	most := 30.0
	task.Groups = []deemster.Group{{Name: "secret", MaxScore: &most, Aggregate: deemster.AggregateSum}}
	r := judged(t, m, task)
	if r.Score == nil || *r.Score != 10 || r.MaxScore == nil || *r.MaxScore != 30 {
		t.Errorf("score %v of %v, tests %+v; want 10 of 30", r.Score, r.MaxScore, r.Tests)
	}
	task.Tests = task.Tests[:1] // worth 30 now
	task.Tests[0].Input = content(t, "score.txt 31")
	if r := judged(t, m, task); r.Verdict != deemster.JudgeError || r.Score != nil || !strings.Contains(r.Message, "31") {
		t.Errorf("%+v, want JE for too many points", r)
	}
}

func TestTestlib(t *testing.T) {
	m := realMachine(t)
	checker := deemster.File{Name: "v.py", Content: `
import sys
name, input, output, answer, *args = sys.argv
assert args == ["x y", "z"], args
assert open(answer).read() == "answer of " + open(input).read()
status, _, said = open(output).read().partition(" ")
sys.stderr.write(said)
sys.exit(int(status))
`}
	most := 10.0
	for _, tt := range []struct {
		said    string
		verdict deemster.Verdict
		scored  float64 // in a problem with points
	}{
		{"0 ok 3 numbers", deemster.Accepted, 10},
		{"1 wrong answer 1st numbers differ", deemster.WrongAnswer, 0},
		{"2 wrong output format", deemster.WrongAnswer, 0},
		{"4 wrong output format Extra information", deemster.WrongAnswer, 0},
		{"8 unexpected eof", deemster.WrongAnswer, 0},
		{"7 points 2.5 not bad", deemster.Accepted, 2.5},
		{"7 points 0 bad", deemster.WrongAnswer, 0},
		{"40 partially correct (40) x", deemster.WrongAnswer, 4},
		{"90 partially correct (40) base 50", deemster.WrongAnswer, 4},
		{"3 FAIL the answer is wrong", deemster.JudgeError, 0},
		{"7 points many", deemster.JudgeError, 0},
		{"40 partially correct (140) x", deemster.JudgeError, 0},
		{"77 what", deemster.JudgeError, 0},
	} {
		t.Run(tt.said, func(t *testing.T) {
			task := echoed(t, m, deemster.ProtocolTestlib, checker, tt.said)
			r := judged(t, m, task)
			_, said, _ := strings.Cut(tt.said, " ")
			if r.Verdict != tt.verdict || r.Verdict != deemster.JudgeError && r.Tests[0].Message != said {
				t.Errorf("%+v, want %s", r, tt.verdict)
			}
			task.Groups = []deemster.Group{{Name: "secret", MaxScore: &most, Aggregate: deemster.AggregateSum}}
			r = judged(t, m, task)
			if tt.verdict != deemster.JudgeError && (r.Score == nil || *r.Score != tt.scored) {
				t.Errorf("scored: %+v, want %v points", r, tt.scored)
			}
		})
	}
}

// A validator of several passes keeps what it has noted, and the program is run on what it
// has written.
func TestPasses(t *testing.T) {
	m := realMachine(t)
	validator := deemster.File{Name: "v.py", Content: `
import os, sys
feedback = sys.argv[3]
given, output = open(sys.argv[1]).read(), sys.stdin.read()
assert given == output, (given, output)
notes = feedback + "notes"
seen = open(notes).read() if os.path.exists(notes) else ""
assert not os.path.exists(feedback + "nextpass.in")
open(notes, "a").write(output)
open(feedback + "judgemessage.txt", "a").write("saw " + output + "; ")
if output == "stop":
    sys.exit(42 if seen == "gogo+go++" else 43)
open(feedback + "nextpass.in", "w").write(output + "+" if len(seen) < 5 else "stop")
sys.exit(41 if output == "wrong" else 42)
`}
	task := echoed(t, m, deemster.ProtocolICPC, validator, "go")
	task.Mode.Passes = 4
	r := judged(t, m, task)
	if r.Verdict != deemster.Accepted || r.Tests[0].Message != "saw go; saw go+; saw go++; saw stop;" {
		t.Errorf("%+v, want AC after four passes", r)
	}
	task.Mode.Passes = 3
	if r := judged(t, m, task); r.Verdict != deemster.JudgeError || !strings.Contains(r.Message, "more than the 3 passes") {
		t.Errorf("%+v, want JE for a pass too many", r)
	}
	task.Mode.Passes = 4
	task.Files = []deemster.File{{Content: "x=$(cat); [ $x = go++ ] && exit 1; printf %s $x\n"}}
	if r := judged(t, m, task); r.Verdict != deemster.RunTimeError {
		t.Errorf("%+v, want RE in the third pass", r)
	}
	task.Tests[0].Input = content(t, "wrong")
	if r := judged(t, m, task); r.Verdict != deemster.JudgeError || !strings.Contains(r.Message, "exit status 41") {
		t.Errorf("%+v, want JE", r)
	}
}

// A conversation of several passes.
func TestInteractivePasses(t *testing.T) {
	m := realMachine(t)
	task := echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.py", Content: `
import os, sys
feedback, given = sys.argv[3], open(sys.argv[1]).read()
print(given, flush=True)
assert input() == given
if given == "last":
    sys.exit(42 if open(feedback + "notes").read() == "first" else 43)
open(feedback + "notes", "w").write(given)
open(feedback + "nextpass.in", "w").write("last")
sys.exit(42)
`}, "first")
	task.Mode = deemster.Mode{Interactive: true, Passes: 2}
	if r := judged(t, m, task); r.Verdict != deemster.Accepted {
		t.Errorf("%+v, want AC", r)
	}
}

// A submission that is no program: its files are the outputs.
func TestAnswers(t *testing.T) {
	m := realMachine(t)
	task := echoed(t, m, deemster.ProtocolICPC, deemster.File{Name: "v.py", Content: `
import sys
sys.exit(42 if sys.stdin.read() == open(sys.argv[1]).read() else 43)
`}, "one", "two", "three")
	task.Language, task.Mode.SubmitAnswer, task.All = lang.Language{}, true, true
	task.Files = []deemster.File{{Name: "1.out", Content: "one"}, {Name: "3.out", Content: "tree"}}
	want := []string{"AC ", "WA There is no file 2.out.", "WA "}
	if diff := cmp.Diff(want, said(judged(t, m, task))); diff != "" {
		t.Error(diff)
	}
	task.Validator = nil
	task.Files = []deemster.File{{Name: "1.out", Content: "answer of one"}, {Name: "2.out", Content: "an answer"}}
	if got := said(judged(t, m, task)); got[0] != "AC " || !strings.HasPrefix(got[1], "WA ") || len(got[1]) < 5 {
		t.Errorf("%q", got)
	}
}

// said are the verdicts on the tests with their feedback.
func said(r Result) []string {
	var all []string
	for _, t := range r.Tests {
		all = append(all, string(t.Verdict)+" "+t.Feedback)
	}
	return all
}

// What cannot be judged against is told before anything runs.
func TestNoValidator(t *testing.T) {
	for _, change := range []func(*Task){
		func(task *Task) { task.Mode.Interactive = true },
		func(task *Task) { task.Mode.Passes = 2 },
		func(task *Task) {
			task.Mode.Passes, task.Validator = 2, &Validator{Protocol: deemster.ProtocolTestlib}
		},
	} {
		task := sums(t, "1")
		change(&task)
		engine := &script{steps: []step{{"", exited(0, 1), nil}}}
		r, err := Judge(t.Context(), build.New(engine), task, silent)
		if err != nil || r.Verdict != deemster.JudgeError || r.Message == "" {
			t.Errorf("%+v, %v; want JE", r, err)
		}
	}
}
