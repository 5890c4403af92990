package judge

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// A program that is only just too slow is run again, at most twice, and its best counts.
func TestNearTheLimit(t *testing.T) {
	const ms = time.Millisecond
	ran := func(cpu time.Duration, output string) step { return step{output, exited(0, cpu), nil} }
	for _, tt := range []struct {
		name  string
		runs  []step
		want  deemster.Verdict
		ms    int64
		notes string
	}{
		{"in time", []step{ran(1000*ms, "1")}, deemster.Accepted, 1000, ""},
		{"bad luck", []step{ran(1050*ms, "1"), ran(990*ms, "1")}, deemster.Accepted, 990, "Run 2 times, near the time limit: 1050, 990 ms"},
		{"bad luck twice", []step{ran(1100*ms, "1"), ran(1001*ms, "1"), ran(999*ms, "1")}, deemster.Accepted, 999, "Run 3 times"},
		{"too slow", []step{ran(1050*ms, "1"), ran(1020*ms, "1"), ran(1030*ms, "1")}, deemster.TimeLimitExceeded, 1020, "1050, 1020, 1030 ms"},
		{"and worse", []step{ran(1050*ms, "1"), ran(2000*ms, "1"), ran(1060*ms, "1")}, deemster.TimeLimitExceeded, 1050, "Run 3 times"},
		{"in time and wrong", []step{ran(1050*ms, "1"), ran(990*ms, "2")}, deemster.WrongAnswer, 990, "Run 2 times"},
		{"far from it", []step{ran(1101*ms, "1")}, deemster.TimeLimitExceeded, 1101, ""},
		{"idle", []step{{"1", sandbox.Outcome{Ending: sandbox.WallLimit, CPU: ms}, nil}}, deemster.TimeLimitExceeded, 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			engine := &script{steps: append([]step{{"", exited(0, 1), nil}}, tt.runs...)}
			r, err := Judge(t.Context(), build.New(engine), sums(t, "1"), silent)
			if err != nil || len(engine.steps) > 0 {
				t.Fatalf("%v; %d runs left", err, len(engine.steps))
			}
			if test := r.Tests[0]; r.Verdict != tt.want || r.TimeMS != tt.ms || !strings.Contains(test.Feedback, tt.notes) || (tt.notes == "") != (test.Feedback == "") {
				t.Errorf("%s, %d ms, %q; want %s, %d ms, %q", r.Verdict, r.TimeMS, test.Feedback, tt.want, tt.ms, tt.notes)
			}
		})
	}
}

// slots is how many slots are idle, as an executor knows it.
type slots struct {
	mu         sync.Mutex
	idle, most int
	taken      int
}

func (s *slots) spare() (func(), bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.idle == 0 {
		return nil, false
	}
	s.idle--
	s.taken++
	s.most = max(s.most, s.taken)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.idle++
		s.taken--
	}, true
}

// hall is an engine of boxes in which a program's run on a test takes and prints what is
// written there for the test's input.
type hall struct {
	runs map[string]run

	mu     sync.Mutex
	boxes  int
	begun  []string
	ended  []string
	cancel map[string]bool
}

type run struct {
	takes  time.Duration
	prints string
	err    error
}

func (h *hall) NewBox(context.Context) (sandbox.Box, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.boxes++
	return &hallBox{script: &script{}, hall: h}, nil
}
func (h *hall) Name() string { return "hall" }
func (h *hall) Close() error { return nil }

type hallBox struct {
	*script
	hall *hall
}

func (b *hallBox) Close() error {
	b.hall.mu.Lock()
	defer b.hall.mu.Unlock()
	b.hall.boxes--
	return nil
}

func (b *hallBox) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	if filepath.Base(c.Args[0]) == "compiler" {
		return exited(0, 1), nil
	}
	input := make([]byte, 100)
	n, err := c.Stdin.Read(input)
	if err != nil {
		return sandbox.Outcome{}, err
	}
	name := string(input[:n])
	h := b.hall
	h.mu.Lock()
	h.begun = append(h.begun, name)
	h.mu.Unlock()
	r := h.runs[name]
	o := exited(0, r.takes)
	select {
	case <-time.After(r.takes):
		_, err = c.Stdout.Write([]byte(r.prints))
	case <-ctx.Done():
		o.Ending = sandbox.Cancelled
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if o.Ending == sandbox.Cancelled {
		h.cancel[name] = true
	}
	h.ended = append(h.ended, name)
	return o, errors.Join(err, r.err)
}

// inHall judges a program whose runs on the tests are these; the tests are called "1",
// "2", …, and "ok" is right.
func inHall(t *testing.T, idle int, change func(*Task), runs ...run) (*hall, *slots, Result, []string, error) {
	t.Helper()
	h := &hall{runs: map[string]run{}, cancel: map[string]bool{}}
	s := &slots{idle: idle}
	task := Task{Language: scripted, Files: []deemster.File{{Name: "a.x"}}, Limits: testLimits, Spare: s.spare}
	for i, r := range runs {
		name := fmt.Sprint(i + 1)
		h.runs[name] = r
		task.Tests = append(task.Tests, Test{Name: name, Group: "secret", Input: content(t, name), Answer: content(t, "ok")})
	}
	if change != nil {
		change(&task)
	}
	var heard []string
	r, err := Judge(t.Context(), build.New(h), task, func(_ string, done int, last *deemster.TestResult) {
		if last != nil {
			heard = append(heard, fmt.Sprint(done, last.Name, last.Verdict))
		}
	})
	if h.boxes != 0 || s.idle != idle {
		t.Errorf("%d boxes and %d slots were not given back", h.boxes, idle-s.idle)
	}
	return h, s, r, heard, err
}

func verdicts(r Result) string {
	var all []string
	for _, t := range r.Tests {
		all = append(all, string(t.Verdict))
	}
	return strings.Join(all, " ")
}

// Tests run side by side when slots are idle, and are told in order.
func TestSideBySide(t *testing.T) {
	const ms = time.Millisecond
	right := func(takes time.Duration) run { return run{takes, "ok", nil} }
	h, s, r, heard, err := inHall(t, 2, nil, right(30*ms), right(90*ms), right(30*ms), right(60*ms), right(30*ms), right(30*ms))
	if err != nil || r.Verdict != deemster.Accepted || s.most != 2 {
		t.Errorf("%+v, %v; %d slots were taken", r, err, s.most)
	}
	if diff := cmp.Diff([]string{"11AC", "22AC", "33AC", "44AC", "55AC", "66AC"}, heard); diff != "" {
		t.Error(diff)
	}
	if h.ended[1] == "2" {
		t.Errorf("ended %q: nothing ran beside the slow one", h.ended)
	}
}

// With no slot to spare nothing runs beside anything.
func TestOneSlot(t *testing.T) {
	const ms = time.Millisecond
	for _, change := range []func(*Task){nil, func(task *Task) { task.Spare = nil }} {
		h, _, r, _, err := inHall(t, 0, change, run{30 * ms, "ok", nil}, run{30 * ms, "ok", nil}, run{30 * ms, "no", nil}, run{ms, "ok", nil})
		if err != nil || verdicts(r) != "AC AC WA SK" || len(h.begun) != 3 {
			t.Errorf("%+v, %v; began %q", r, err, h.begun)
		}
	}
}

// The verdict is that of the first failing test in order, not in time; what ran needlessly
// is SK, and is ended as soon as that is known.
func TestFirstInOrder(t *testing.T) {
	const ms = time.Millisecond
	runs := []run{{30 * ms, "ok", nil}, {150 * ms, "wrong", nil}, {ms, "worse", nil}, {ms, "ok", nil}, {ms, "ok", nil}}
	h, _, r, heard, err := inHall(t, 1, nil, runs...)
	if err != nil || r.Verdict != deemster.WrongAnswer || verdicts(r) != "AC WA SK SK SK" || !strings.Contains(r.Tests[1].Feedback, "wrong") {
		t.Errorf("%+v, %v", r, err)
	}
	if diff := cmp.Diff([]string{"11AC", "22WA"}, heard); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1", "2", "3"}, h.begun); diff != "" {
		t.Errorf("begun after a failure was known: %s", diff)
	}

	runs = []run{{30 * ms, "ok", nil}, {60 * ms, "wrong", nil}, {time.Minute, "ok", nil}}
	h, _, r, _, err = inHall(t, 1, nil, runs...)
	if err != nil || verdicts(r) != "AC WA SK" || !h.cancel["3"] {
		t.Errorf("%+v, %v; ended early: %v", r, err, h.cancel)
	}
	_, _, r, _, err = inHall(t, 1, func(task *Task) { task.All = true }, run{30 * ms, "no", nil}, run{60 * ms, "ok", nil}, run{ms, "no", nil})
	if err != nil || verdicts(r) != "WA AC WA" {
		t.Errorf("all wanted: %+v, %v", r, err)
	}
}

// In a scored problem a failed test leaves out its own group, and no more.
func TestGroupsSideBySide(t *testing.T) {
	const ms = time.Millisecond
	half := 50.0
	group := func(name string) deemster.Group {
		return deemster.Group{Name: name, MaxScore: &half, Aggregate: deemster.AggregatePassFail}
	}
	grouped := func(task *Task) {
		task.Groups = []deemster.Group{{Name: "secret", Aggregate: deemster.AggregateSum}, group("secret/1"), group("secret/2")}
		for i := range task.Tests {
			task.Tests[i].Group = fmt.Sprint("secret/", i/2+1)
		}
	}
	for _, idle := range []int{0, 1, 3} {
		_, _, r, _, err := inHall(t, idle, grouped, run{30 * ms, "no", nil}, run{30 * ms, "ok", nil}, run{30 * ms, "ok", nil}, run{30 * ms, "ok", nil})
		if err != nil || verdicts(r) != "WA SK AC AC" || r.Score == nil || *r.Score != 50 {
			t.Errorf("%d slots: %+v, %v", idle, r, err)
		}
	}
}

// An error of ours in one box ends what runs in the others.
func TestErrorBeside(t *testing.T) {
	const ms = time.Millisecond
	broken := errors.New("cgroup on fire")
	_, _, r, _, err := inHall(t, 1, nil, run{30 * ms, "ok", nil}, run{time.Minute, "ok", nil}, run{ms, "", broken})
	if !errors.Is(err, broken) || r.Verdict != "" {
		t.Errorf("%+v, %v; want the error", r, err)
	}
}

// Real boxes, two slots: the tests take about half as long, and nothing else changes.
func TestSideBySideInBoxes(t *testing.T) {
	m := realMachine(t)
	l, ok := lang.ByID(m.languages, "c")
	if !ok {
		t.Fatal("this machine lacks the language: scripts/install-deps run")
	}
	s := &slots{idle: 1}
	task := Task{
		Language: l, Limits: testLimits, Spare: s.spare,
		Files: []deemster.File{{Content: `#include <stdio.h>
#include <time.h>

int main(void)
{
    int n;
    while (clock() < CLOCKS_PER_SEC / 20)
        ;
    return scanf("%d", &n) != 1 || printf("%d\n", n) < 0;
}
`}},
	}
	for i := range 8 {
		task.Tests = append(task.Tests, Test{Name: fmt.Sprint(i), Input: content(t, fmt.Sprint(i)), Answer: content(t, fmt.Sprint(i%6))})
	}
	r := judged(t, m, task)
	if verdicts(r) != "AC AC AC AC AC AC WA SK" || s.most != 1 || s.idle != 1 {
		t.Errorf("%+v; %d slots taken", r, s.most)
	}
}
