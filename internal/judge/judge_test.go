package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

var testLimits = deemster.Limits{CPU: time.Second, Wall: 3 * time.Second, Memory: 64 * deemster.MiB, Output: 1 << 20, Processes: 8}

func TestVerdict(t *testing.T) {
	ran := func(change func(*sandbox.Outcome)) sandbox.Outcome {
		o := sandbox.Outcome{Ending: sandbox.Exited, CPU: time.Millisecond, Wall: time.Millisecond, Memory: deemster.MiB}
		if change != nil {
			change(&o)
		}
		return o
	}
	tests := []struct {
		name    string
		outcome sandbox.Outcome
		right   bool
		want    deemster.Verdict
	}{
		{"right", ran(nil), true, deemster.Accepted},
		{"wrong", ran(nil), false, deemster.WrongAnswer},
		{"right, exit status", ran(func(o *sandbox.Outcome) { o.ExitCode = 1 }), true, deemster.RunTimeError},
		{"right, signal", ran(func(o *sandbox.Outcome) { o.Ending, o.Signal = sandbox.Signalled, "SIGSEGV" }), true, deemster.RunTimeError},
		{"right, too late", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.CPULimit }), true, deemster.TimeLimitExceeded},
		{"idle", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.WallLimit }), true, deemster.TimeLimitExceeded},
		{"exactly in time", ran(func(o *sandbox.Outcome) { o.CPU = testLimits.CPU }), true, deemster.Accepted},
		{"ended just too late", ran(func(o *sandbox.Outcome) { o.CPU = testLimits.CPU + 1 }), true, deemster.TimeLimitExceeded},
		{"too late and crashed", ran(func(o *sandbox.Outcome) { o.CPU = 2 * testLimits.CPU; o.ExitCode = 1 }), false, deemster.TimeLimitExceeded},
		{"flood", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.OutputLimit }), true, deemster.OutputLimitExceeded},
		{"flood and too late", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.OutputLimit; o.CPU = 2 * testLimits.CPU }), true, deemster.TimeLimitExceeded},
		{"memory before time", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.MemoryLimit; o.CPU = 2 * testLimits.CPU }), true, deemster.MemoryLimitExceeded},
		{"a child out of memory", ran(func(o *sandbox.Outcome) { o.Ending = sandbox.MemoryLimit; o.ExitCode = 0 }), true, deemster.MemoryLimitExceeded},
		{"says itself it has no memory", ran(func(o *sandbox.Outcome) { o.ExitCode = 1; o.Memory = 63 * deemster.MiB }), false, deemster.RunTimeError},
		{"says so at the limit", ran(func(o *sandbox.Outcome) { o.ExitCode = 1; o.Memory = testLimits.Memory }), false, deemster.MemoryLimitExceeded},
		{"all of the memory, rightly", ran(func(o *sandbox.Outcome) { o.Memory = testLimits.Memory }), true, deemster.Accepted},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Verdict(tt.outcome, testLimits, tt.right); got != tt.want {
				t.Errorf("verdict = %s, want %s", got, tt.want)
			}
		})
	}
}

// script is an engine whose boxes do what is written: the outcome of each command in
// turn. It records what was asked of it.
type script struct {
	steps  []step
	did    []string
	closed bool
}

type step struct {
	output  string
	outcome sandbox.Outcome
	err     error
}

func (s *script) NewBox(context.Context) (sandbox.Box, error) { return s, nil }
func (s *script) Name() string                                { return "script" }
func (s *script) Close() error                                { s.closed = true; return nil }
func (s *script) WriteFile(name string, _ []byte) error {
	s.did = append(s.did, "write "+name)
	return nil
}

func (s *script) Load(io.Reader) error     { return nil }
func (s *script) Code() (*os.File, error)  { return os.Open(os.DevNull) }
func (s *script) Beside(sandbox.Box) error { return nil }

func (s *script) Seal() error {
	s.did = append(s.did, "seal")
	return nil
}

func (s *script) Run(_ context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	s.did = append(s.did, "run "+filepath.Base(c.Args[0]))
	if len(s.steps) == 0 {
		return sandbox.Outcome{}, errors.New("the script has no more steps")
	}
	next := s.steps[0]
	s.steps = s.steps[1:]
	if _, err := c.Stdout.Write([]byte(next.output)); err != nil {
		return sandbox.Outcome{}, err
	}
	return next.outcome, next.err
}

func exited(code int, cpu time.Duration) sandbox.Outcome {
	return sandbox.Outcome{Ending: sandbox.Exited, ExitCode: code, CPU: cpu, Wall: cpu, Memory: deemster.Bytes(cpu.Milliseconds())}
}

// scripted is a language that every machine has: one compiler, one program.
var scripted = lang.Language{
	ID: "scripted", Name: "Script", Extensions: []string{"x"}, Source: "main.x",
	Compile: [][]string{{"/bin/compiler", "{sources}"}}, Run: []string{"/bin/program"},
}

// sums makes a task with a test of name "1", "2", … for each answer.
func sums(t *testing.T, answers ...string) Task {
	t.Helper()
	task := Task{Language: scripted, Files: []deemster.File{{Name: "a.x"}}, Limits: testLimits}
	dir := t.TempDir()
	for i, answer := range answers {
		name := fmt.Sprint(i + 1)
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(answer), 0o600); err != nil {
			t.Fatal(err)
		}
		open := func(context.Context) (*os.File, error) { return os.Open(path) }
		task.Tests = append(task.Tests, Test{Name: name, Input: open, Answer: open})
	}
	return task
}

func silent(string, int, *deemster.TestResult) {}

func TestJudge(t *testing.T) {
	const ms = time.Millisecond
	compiled := step{"warning: x\n", exited(0, ms), nil}
	right, wrong, crash := step{"1", exited(0, 7*ms), nil}, step{"2", exited(0, 9*ms), nil}, step{"1", exited(3, 2*ms), nil}
	tests := []struct {
		name     string
		steps    []step
		all      bool
		want     deemster.Verdict
		verdicts string // of the tests
		timeMS   int64
	}{
		{"accepted", []step{compiled, right, right, right}, false, deemster.Accepted, "AC AC AC", 7},
		{"stops at the first failure", []step{compiled, right, wrong}, false, deemster.WrongAnswer, "AC WA SK", 9},
		{"the first failure decides", []step{compiled, crash, wrong, right}, true, deemster.RunTimeError, "RE WA AC", 9},
		{"compile error", []step{{"error: y\n", exited(1, ms), nil}}, false, deemster.CompileError, "", 0},
		{"compiler killed", []step{{"", sandbox.Outcome{Ending: sandbox.MemoryLimit}, nil}}, false, deemster.CompileError, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine := &script{steps: tt.steps}
			task := sums(t, "1", "1", "1")
			task.All = tt.all
			r, err := Judge(context.Background(), build.New(engine), task, silent)
			if err != nil {
				t.Fatal(err)
			}
			var verdicts []string
			for _, test := range r.Tests {
				verdicts = append(verdicts, string(test.Verdict))
			}
			if got := strings.Join(verdicts, " "); r.Verdict != tt.want || got != tt.verdicts || r.TimeMS != tt.timeMS {
				t.Errorf("verdict %s, tests %q, %d ms; want %s, %q, %d ms", r.Verdict, got, r.TimeMS, tt.want, tt.verdicts, tt.timeMS)
			}
			if len(engine.steps) > 0 || !engine.closed {
				t.Errorf("%d steps left, closed = %v", len(engine.steps), engine.closed)
			}
			if r.CompileLog == "" {
				t.Error("no compile log")
			}
		})
	}
}

func TestOrderAndObserver(t *testing.T) {
	ok := step{"1", exited(0, 1), nil}
	engine := &script{steps: []step{ok, ok, ok}}
	var heard []string
	_, err := Judge(context.Background(), build.New(engine), sums(t, "1", "1"), func(stage string, done int, last *deemster.TestResult) {
		name := "-"
		if last != nil {
			name = last.Name + last.Verdict.Name()
		}
		heard = append(heard, fmt.Sprint(stage, " ", done, " ", name))
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"compiling 0 -", "running 0 -", "running 1 1accepted", "running 2 2accepted"}, heard); diff != "" {
		t.Errorf("heard: %s", diff)
	}
	if diff := cmp.Diff([]string{"write main.x", "run compiler", "seal", "run program", "run program"}, engine.did); diff != "" {
		t.Errorf("did: %s", diff)
	}
}

// What goes wrong on our side is an error, never a verdict, and the box is closed.
func TestOurFailures(t *testing.T) {
	broken := errors.New("cgroup on fire")
	compiled := step{"", exited(0, 1), nil}
	unreadable := func(context.Context) (*os.File, error) { return nil, broken }
	tests := []struct {
		name   string
		steps  []step
		change func(*Task)
	}{
		{"the compiler's box", []step{{"", sandbox.Outcome{}, broken}}, nil},
		{"the program's box", []step{compiled, {"1", sandbox.Outcome{}, broken}}, nil},
		{"no input", []step{compiled}, func(task *Task) { task.Tests[0].Input = unreadable }},
		{"no answer", []step{compiled}, func(task *Task) { task.Tests[0].Answer = unreadable }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			engine := &script{steps: tt.steps}
			task := sums(t, "1")
			if tt.change != nil {
				tt.change(&task)
			}
			r, err := Judge(context.Background(), build.New(engine), task, silent)
			if !errors.Is(err, broken) || r.Verdict != "" {
				t.Errorf("Judge = %+v, %v; want the error", r, err)
			}
			if !engine.closed {
				t.Error("the box was left open")
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	lost := errors.New("another's by now")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(lost)
	gone := step{"", sandbox.Outcome{Ending: sandbox.Cancelled}, nil}
	for name, steps := range map[string][]step{"compiling": {gone}, "running": {{"", exited(0, 1), nil}, gone}} {
		if _, err := Judge(ctx, build.New(&script{steps: steps}), sums(t, "1"), silent); !errors.Is(err, lost) {
			t.Errorf("%s: err = %v, want the cause", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	if _, err := Judge(context.Background(), build.New(&script{}), sums(t), silent); deemster.KindOf(err) != deemster.Invalid {
		t.Errorf("no tests: %v", err)
	}
	task := sums(t, "1")
	task.Language = vanishing(t)
	if _, err := Judge(context.Background(), build.New(&script{}), task, silent); deemster.KindOf(err) != deemster.Unavailable {
		t.Errorf("no toolchain: %v", err)
	}
	task = sums(t, "1")
	task.Files = []deemster.File{{Name: "../a.x"}, {Name: "b.x"}}
	r, err := Judge(context.Background(), build.New(&script{}), task, silent)
	if err != nil || r.Verdict != deemster.CompileError || !strings.Contains(r.CompileLog, "../a.x") {
		t.Errorf("bad name: %+v, %v; want CE that names it", r, err)
	}
}

// vanishing is a language whose tool has gone from this machine since it was found.
func vanishing(t *testing.T) lang.Language {
	t.Helper()
	l := scripted
	l.Tools = map[string][]string{"x": {"/opt/no/such/tool"}}
	l.Version = []string{"{x}"}
	said := []step{{"41ed 0 0 /\n81ed 1 1 /opt/no/such/tool\n", exited(0, 1), nil}, {"1.0\n", exited(0, 1), nil}}
	there, infos, err := lang.Find(t.Context(), here{&script{steps: said}}, []lang.Language{l})
	if err != nil || len(there) != 1 {
		t.Fatalf("Find: %+v, %v", infos, err)
	}
	return there[0]
}

// here is a script whose boxes see this machine's own toolchains.
type here struct{ *script }

func (here) HostRoot() string { return "/" }

// A task may give compiling less; then that is what the log speaks of.
func TestCompileLimits(t *testing.T) {
	for _, tt := range []struct {
		limits deemster.Limits
		want   string
	}{
		{deemster.Limits{}, "more than the 30s of processor time"},
		{deemster.Limits{CPU: 3 * time.Second}, "more than the 3s of processor time"},
	} {
		task := sums(t, "1")
		task.Compile = tt.limits
		engine := &script{steps: []step{{"", exited(0, time.Minute), nil}}}
		r, err := Judge(context.Background(), build.New(engine), task, silent)
		if err != nil || r.Verdict != deemster.CompileError || !strings.Contains(r.CompileLog, tt.want) {
			t.Errorf("%+v, %v; want CE and %q", r, err, tt.want)
		}
	}
}

func TestLastWords(t *testing.T) {
	long := strings.Repeat("é", 2000) + "ValueError: x\n"
	for _, tt := range []struct {
		outcome sandbox.Outcome
		want    string
	}{
		{sandbox.Outcome{Ending: sandbox.Exited, ExitCode: 3}, "exit status 3"},
		{sandbox.Outcome{Ending: sandbox.Signalled, Signal: "SIGSEGV", Stderr: []byte(" \n")}, "ended by SIGSEGV"},
		{sandbox.Outcome{Ending: sandbox.Exited, ExitCode: 1, Stderr: []byte("Traceback\n  x\n")}, "exit status 1\nTraceback\n  x"},
	} {
		if got := lastWords(tt.outcome); got != tt.want {
			t.Errorf("lastWords = %q, want %q", got, tt.want)
		}
	}
	got := lastWords(sandbox.Outcome{Ending: sandbox.Exited, ExitCode: 1, Stderr: []byte(long)})
	if !strings.HasSuffix(got, "ValueError: x") || deemster.Bytes(len(got)) > deemster.MaxFeedback || !utf8.ValidString(got) {
		t.Errorf("lastWords of a long text: %d bytes, %q", len(got), got)
	}
}

// What judging a test costs beside the run: with -benchmem, also what it allocates.
func BenchmarkTests(b *testing.B) {
	const tests = 100
	path := filepath.Join(b.TempDir(), "data")
	if err := os.WriteFile(path, []byte("1\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	open := func(context.Context) (*os.File, error) { return os.Open(path) }
	task := Task{Language: scripted, Files: []deemster.File{{Name: "a.x"}}, Limits: testLimits}
	for i := range tests {
		task.Tests = append(task.Tests, Test{Name: fmt.Sprint(i), Input: open, Answer: open})
	}
	steps := []step{{"", exited(0, 1), nil}}
	for range tests {
		steps = append(steps, step{"1\n", exited(0, 1), nil})
	}
	for b.Loop() {
		r, err := Judge(b.Context(), build.New(&script{steps: steps}), task, silent)
		if err != nil || r.Verdict != deemster.Accepted {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/tests, "µs/test")
}
