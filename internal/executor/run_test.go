package executor

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/bus"
)

// holder plays a gateway that holds runs.
type holder struct {
	*rest
	claims  chan deemster.RunClaim
	reports chan deemster.RunReport
}

// hold starts to serve one run as long as it is claimed.
func (r *rest) hold(run deemster.Run) *holder {
	r.t.Helper()
	h := &holder{r, make(chan deemster.RunClaim, 10), make(chan deemster.RunReport, 10)}
	err := bus.Serve(r.t.Context(), r.bus, bus.ClaimRun("g"), 4, func(_ context.Context, c deemster.RunClaim) (deemster.Run, error) {
		if c.ID != run.ID {
			return deemster.Run{}, deemster.Errorf(deemster.NotFound, "nobody waits for this run")
		}
		h.claims <- c
		return run, nil
	})
	if err == nil {
		err = bus.Serve(r.t.Context(), r.bus, bus.ReportRun("g"), 4, func(_ context.Context, report deemster.RunReport) (struct{}, error) {
			h.reports <- report
			return struct{}{}, nil
		})
	}
	heard := make(chan deemster.ExecutorInfo, 10)
	if err == nil {
		err = r.bus.Executors(r.t.Context(), func(info deemster.ExecutorInfo) { heard <- info })
	}
	if err != nil {
		r.t.Fatal(err)
	}
	await(r.t, heard)
	return h
}

func (h *holder) offer(id string) {
	h.bus.OfferRun(deemster.RunOffer{ID: id, Gateway: "g", Language: "python3"})
}

func await[T any](t *testing.T, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(20 * time.Second):
		t.Fatal("nothing came")
	}
	return v
}

func echoing(id, stdin string) deemster.Run {
	return deemster.Run{ID: id, Language: "python3", Files: []deemster.File{{Name: "main.py", Content: "print(input())"}}, Stdin: stdin}
}

func TestRunOnAnInput(t *testing.T) {
	r := &rest{engine: &echoes{gate: openGate()}}
	stop := start(t, r, nil)
	long := strings.Repeat("é", int(deemster.MaxRunInput/2)-1) + "x\x01"
	h := r.hold(echoing("r1", long))
	h.bus.OfferRun(deemster.RunOffer{ID: "r0", Gateway: "g", Language: "cobol"}) // not of this executor
	h.offer("gone")
	h.offer("r1")
	if c := await(t, h.claims); c.ID != "r1" || c.Executor == "" {
		t.Errorf("claimed as %+v", c)
	}
	report := await(t, h.reports)
	if report.ID != "r1" || report.Error != nil || report.Returned || !report.Answer.Compiled || len(report.Answer.Results) != 1 {
		t.Fatalf("reported %+v", report)
	}
	got := report.Answer.Results[0]
	if got.Name != "input" || got.Verdict != "" || got.Stdout != strings.TrimSuffix(long, "\x01") || got.StdoutCut || got.Memory != 4096 {
		t.Errorf("result %+v", got)
	}
	stop()
	if n := r.engine.open.Load(); n != 0 {
		t.Errorf("%d boxes were left open", n)
	}
}

// The problem of the tests has no samples among its hidden tests.
func TestRunOnSamplesThatAreNot(t *testing.T) {
	r := &rest{engine: &echoes{gate: openGate()}}
	start(t, r, nil)
	run := echoing("r1", "")
	run.Problem, run.ProblemVersion, run.Samples = "echo", 1, true
	h := r.hold(run)
	h.offer("r1")
	report := await(t, h.reports)
	if report.Error == nil || report.Error.Kind != deemster.Invalid || report.Error.Field != "samples" {
		t.Errorf("reported %+v", report)
	}
}

func TestRunOnSamples(t *testing.T) {
	r := &rest{engine: &echoes{gate: openGate()}}
	start(t, r, func(e *Executor) {
		_, hashes := newBlobs(t, "1 2", "3 4", "5 6") // those that start has
		e.versions.keep(deemster.ProblemVersion{Slug: "echo", Version: 2, Limits: deemster.DefaultLimits, Tests: []deemster.Test{
			{Name: "sample/1", Sample: true, Input: hashes[0], Answer: hashes[0]},
			{Name: "sample/2", Sample: true, Input: hashes[0], Answer: hashes[1]},
			{Name: "secret/1", Input: hashes[2], Answer: hashes[2]},
		}})
	})
	run := echoing("r1", "")
	run.Problem, run.ProblemVersion, run.Samples = "echo", 2, true
	h := r.hold(run)
	h.offer("r1")
	results := await(t, h.reports).Answer.Results
	if len(results) != 2 {
		t.Fatalf("results %+v", results)
	}
	if one := results[0]; one.Name != "sample/1" || one.Verdict != deemster.Accepted || one.Stdout != "1 2" || one.Feedback != "" {
		t.Errorf("the first sample: %+v", one)
	}
	if two := results[1]; two.Verdict != deemster.WrongAnswer || two.Stdout != "1 2" || two.Feedback == "" {
		t.Errorf("the second sample: %+v", two)
	}
}

// A submission never waits for a run: the run makes room, and waits again.
func TestRunMakesRoom(t *testing.T) {
	r := &rest{engine: &echoes{gate: make(chan struct{})}}
	start(t, r, nil)
	h := r.hold(echoing("r1", "1"))
	h.offer("r1")
	await(t, h.claims)
	r.enqueue("s1")
	r.awaitProgress("running") // though the only slot was taken
	if report := await(t, h.reports); !report.Returned || report.Error != nil {
		t.Errorf("displaced, the run was reported as %+v", report)
	}
	h.offer("r1")
	h.offer("r1") // an offer may come twice
	r.enqueue("s2")
	select {
	case <-h.claims:
		t.Error("a run was claimed while no slot was free")
	case <-time.After(100 * time.Millisecond):
	}
	close(r.engine.gate)
	r.report()
	r.report()
	if report := await(t, h.reports); report.Returned || !report.Answer.Compiled {
		t.Errorf("behind the submissions, the run was reported as %+v", report)
	}
	if claims := r.claims.Load(); claims != 2 {
		t.Errorf("two submissions were claimed %d times", claims)
	}
}

// awaitBoxes waits until so many boxes are open.
func awaitBoxes(t *testing.T, engine *echoes, n int32) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); engine.open.Load() != n; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d boxes are open, want %d", engine.open.Load(), n)
		}
	}
}

func TestStoppedRuns(t *testing.T) {
	t.Run("nobody waits for it", func(t *testing.T) {
		r := &rest{engine: &echoes{gate: make(chan struct{})}}
		stop := start(t, r, nil)
		h := r.hold(echoing("r1", "1"))
		h.offer("r1")
		await(t, h.claims)
		awaitBoxes(t, r.engine, 1)
		r.bus.StopRun("another")
		r.bus.StopRun("r1")
		awaitBoxes(t, r.engine, 0)
		stop()
		if len(h.reports) > 0 {
			t.Errorf("reported %+v", <-h.reports)
		}
	})
	t.Run("the executor stops", func(t *testing.T) {
		r := &rest{engine: &echoes{gate: make(chan struct{})}}
		stop := start(t, r, func(e *Executor) { e.Grace = time.Millisecond })
		h := r.hold(echoing("r1", "1"))
		h.offer("r1")
		await(t, h.claims)
		stop()
		if report := await(t, h.reports); !report.Returned {
			t.Errorf("reported %+v, want it handed back", report)
		}
	})
	t.Run("no box", func(t *testing.T) {
		r := &rest{engine: &echoes{broken: context.DeadlineExceeded}}
		start(t, r, nil)
		h := r.hold(echoing("r1", "1"))
		h.offer("r1")
		if report := await(t, h.reports); report.Error == nil || report.Error.Title != "internal error" || report.Returned {
			t.Errorf("reported %+v, want an error without its cause", report)
		}
	})
}

// The longest answer there can be fits the bus.
func TestTheLongestAnswerFits(t *testing.T) {
	b := &beginning{room: deemster.MaxRunOutput}
	_, _ = b.Write([]byte(strings.Repeat("\xff\"", int(deemster.MaxRunOutput))))
	text, isCut := b.text()
	if deemster.Bytes(len(text)) > deemster.MaxRunOutput || !isCut {
		t.Errorf("%d bytes are shown, cut %v", len(text), isCut)
	}
	b = &beginning{room: 3}
	_, _ = b.Write([]byte("aéé"))
	if text, isCut := b.text(); text != "aé" || !isCut {
		t.Errorf("%q, %v", text, isCut)
	}
	b = &beginning{room: 4}
	_, _ = b.Write([]byte("aéé"))
	if text, isCut := b.text(); text != "aé" || !isCut {
		t.Errorf("half a character was shown: %q, %v", text, isCut)
	}
	r := &rest{engine: &echoes{gate: openGate()}}
	start(t, r, nil)
	h := r.hold(deemster.Run{})
	answer := deemster.RunAnswer{CompileLog: strings.Repeat("\"", int(deemster.MaxCompileLog))}
	for range deemster.MaxRunShown / deemster.MaxRunOutput {
		answer.Results = append(answer.Results, deemster.RunResult{Stdout: strings.Repeat("\n", int(deemster.MaxRunOutput))})
	}
	for range deemster.MaxRunSamples {
		answer.Results = append(answer.Results, deemster.RunResult{Name: strings.Repeat("n", 80), Feedback: strings.Repeat("\"", int(deemster.MaxFeedback))})
	}
	if _, err := bus.Call(t.Context(), r.bus, bus.ReportRun("g"), deemster.RunReport{Answer: answer}); err != nil {
		t.Fatal(err)
	}
	if got := await(t, h.reports); len(got.Answer.Results) != len(answer.Results) || build.Readable([]byte(got.Answer.CompileLog)) != answer.CompileLog {
		t.Error("something of the answer was lost")
	}
}
