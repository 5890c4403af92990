package submission

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

// The longest report and the longest source fit into an answer together.
func TestFit(t *testing.T) {
	answer := deemster.Submission{
		Verdict: deemster.WrongAnswer,
		Files:   []deemster.File{{Name: "a", Content: strings.Repeat("<", int(deemster.MaxSource))}}, // six bytes each in JSON
	}
	for range deemster.MaxTests {
		answer.Tests = append(answer.Tests, deemster.TestResult{
			Name: strings.Repeat("n", 20), Group: strings.Repeat("g", 20), Verdict: deemster.MemoryLimitExceeded,
			TimeMS: 100_000, WallMS: 100_000, Memory: 1 << 33, ExitCode: 255, Signal: "SIGKILL",
			Feedback: strings.Repeat("f", int(deemster.MaxFeedback)),
		})
	}
	answer.CompileLog = strings.Repeat("\x1b", int(deemster.MaxCompileLog))
	if err := fit(&answer); err != nil {
		t.Fatal(err)
	}
	if body, err := json.Marshal(answer); err != nil || len(body) > maxAnswer {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	if len(answer.Tests) != deemster.MaxTests || len(answer.Files[0].Content) != int(deemster.MaxSource) {
		t.Error("what must stay was left out")
	}
	small := deemster.Submission{CompileLog: "log", Tests: []deemster.TestResult{{Feedback: "f"}}}
	if err := fit(&small); err != nil || small.CompileLog != "log" || small.Tests[0].Feedback != "f" {
		t.Errorf("a short answer was changed: %+v, %v", small, err)
	}
}

func TestPace(t *testing.T) {
	p := pace{executors: map[string]slots{}}
	now := time.Now()
	want := func(when string, position int, want time.Duration) {
		t.Helper()
		if got := p.wait(position, now); got != want {
			t.Errorf("%s: position %d waits %s, want %s", when, position, got, want)
		}
	}
	p.measure(8 * time.Second)
	want("nobody judges", 3, 0)
	p.hear(deemster.ExecutorInfo{ID: "a", Slots: 3}, now)
	p.hear(deemster.ExecutorInfo{ID: "b", Slots: 1}, now)
	want("four slots", 1, 2*time.Second)
	want("four slots", 6, 12*time.Second)
	p.measure(16 * time.Second)
	want("slower of late", 4, 9*time.Second)
	now = now.Add(executorGone)
	p.hear(deemster.ExecutorInfo{ID: "b", Slots: 1}, now)
	now = now.Add(time.Second)
	want("one executor is gone", 1, 9*time.Second)

	unknown := pace{executors: map[string]slots{}}
	unknown.hear(deemster.ExecutorInfo{ID: "a", Slots: 3}, now)
	if got := unknown.wait(5, now); got != 0 {
		t.Errorf("nothing was judged yet, and the wait is said to be %s", got)
	}
}

func TestLive(t *testing.T) {
	l := live{seen: map[string]deemster.Progress{}}
	progress := func(id string, attempt, done int) deemster.Event {
		return deemster.Event{Submission: id, Progress: &deemster.Progress{Attempt: attempt, State: deemster.StateJudging, TestsDone: done}}
	}
	want := func(id string, attempt, done int) {
		t.Helper()
		p, ok := l.of(id)
		if ok != (attempt > 0) || p.Attempt != attempt || p.TestsDone != done {
			t.Errorf("%s: %+v, %v; want attempt %d, %d tests", id, p, ok, attempt, done)
		}
	}
	l.hear(progress("s", 2, 5))
	l.hear(progress("s", 1, 9)) // from an executor that has lost it
	want("s", 2, 5)
	l.hear(progress("s", 3, 0))
	want("s", 3, 0)
	l.hear(deemster.Event{Submission: "s", Done: true})
	want("s", 0, 0)
	for i := range maxLive + 100 {
		l.hear(progress(fmt.Sprint(i), 1, i))
	}
	if len(l.seen) != maxLive {
		t.Errorf("%d are remembered, want at most %d", len(l.seen), maxLive)
	}
	want(fmt.Sprint(maxLive+99), 1, maxLive+99)
}
