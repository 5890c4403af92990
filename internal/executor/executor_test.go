package executor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// echoes is an engine of scripted boxes: what is run in them prints its input, once the
// gate is open.
type echoes struct {
	gate   chan struct{} // open when closed
	broken error         // of NewBox
	open   atomic.Int32  // boxes
}

func (e *echoes) NewBox(context.Context) (sandbox.Box, error) {
	if e.broken != nil {
		return nil, e.broken
	}
	e.open.Add(1)
	return &echo{engine: e}, nil
}
func (e *echoes) Name() string { return "scripted" }
func (e *echoes) Close() error { return nil }

type echo struct {
	engine *echoes
	sealed bool
}

func (b *echo) WriteFile(string, []byte) error { return nil }
func (b *echo) Load(io.Reader) error           { return nil }
func (b *echo) Code() (*os.File, error)        { return os.Open(os.DevNull) }
func (b *echo) Seal() error                    { b.sealed = true; return nil }
func (b *echo) Beside(sandbox.Box) error       { return nil }
func (b *echo) Close() error                   { b.engine.open.Add(-1); return nil }

func (b *echo) Run(ctx context.Context, c sandbox.Command) (sandbox.Outcome, error) {
	if !b.sealed {
		return sandbox.Outcome{Ending: sandbox.Exited}, nil // the compiler
	}
	select {
	case <-b.engine.gate:
	case <-ctx.Done():
		return sandbox.Outcome{Ending: sandbox.Cancelled}, nil
	}
	n, err := io.Copy(c.Stdout, c.Stdin)
	return sandbox.Outcome{Ending: sandbox.Exited, Memory: 4096, Output: deemster.Bytes(n)}, err
}

// rest plays what an executor meets on the bus: the queue, the submission role and the
// catalog.
type rest struct {
	t       *testing.T
	bus     *bus.Bus
	engine  *echoes
	claims  atomic.Int32
	claim   func(deemster.Claim) error // why a claim is refused
	renew   func() error
	reports chan deemster.Report
	events  chan deemster.Event
}

// start starts an executor among the rest. It ends with stop, which waits for it.
func start(t *testing.T, r *rest, change func(*Executor)) (stop func()) {
	t.Helper()
	ctx, quiet := t.Context(), slog.New(slog.DiscardHandler)
	b, err := bus.Open(ctx, "embedded:"+t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	contents := []string{"1 2", "3 4", "5 6"}
	blobs, hashes := newBlobs(t, contents...)
	r.t, r.bus = t, b
	r.reports, r.events = make(chan deemster.Report, 10), make(chan deemster.Event, 100)
	err = errors.Join(
		bus.Serve(ctx, b, bus.ClaimJob, 4, func(_ context.Context, c deemster.Claim) (deemster.Job, error) {
			attempt := int(r.claims.Add(1))
			if r.claim != nil {
				if err := r.claim(c); err != nil {
					return deemster.Job{}, err
				}
			}
			return deemster.Job{
				Submission: c.Submission, Attempt: attempt, User: "ada", Problem: "echo", ProblemVersion: 1,
				Language: "python3", Files: []deemster.File{{Name: "main.py", Content: "print(input())"}},
			}, nil
		}),
		bus.Serve(ctx, b, bus.RenewLease, 4, func(context.Context, deemster.Lease) (struct{}, error) {
			if r.renew != nil {
				return struct{}{}, r.renew()
			}
			return struct{}{}, nil
		}),
		bus.Serve(ctx, b, bus.GetVersion, 4, func(_ context.Context, q bus.BySlugVersion) (deemster.ProblemVersion, error) {
			v := deemster.ProblemVersion{Slug: q.Slug, Version: q.Version, Hash: "the hash", Limits: deemster.DefaultLimits}
			for i, h := range hashes {
				v.Tests = append(v.Tests, deemster.Test{Name: contents[i], Group: "secret", Input: h, Answer: h})
			}
			return v, nil
		}),
		b.Reports(ctx, func(_ context.Context, report deemster.Report) error { r.reports <- report; return nil }),
		b.Events(ctx, func(e deemster.Event) { r.events <- e }),
	)
	if err != nil {
		t.Fatal(err)
	}
	all, err := lang.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	python, ok := lang.ByID(all, "python3")
	if !ok {
		t.Fatal("no language python3")
	}
	e, err := New(Config{
		Bus: b, Blobs: blobs, Engine: r.engine, Slots: 1, CacheDir: t.TempDir(), BuildDir: t.TempDir(), Log: quiet,
		Languages: []lang.Language{python},
		Info:      []deemster.LanguageInfo{{ID: "python3", Version: "Python 3.14", Available: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(e)
	}
	running, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- e.Run(running) }()
	stop = func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the executor ended with %v", err)
		}
		done <- nil
	}
	t.Cleanup(stop)
	return stop
}

func (r *rest) enqueue(submission string) {
	r.t.Helper()
	if _, err := r.bus.Enqueue(r.t.Context(), deemster.Ticket{Submission: submission, Lane: deemster.LanePractice}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rest) report() deemster.Report {
	r.t.Helper()
	select {
	case report := <-r.reports:
		return report
	case <-time.After(time.Minute):
		r.t.Fatal("no report came")
		return deemster.Report{}
	}
}

// awaitProgress waits until judging has come to a stage.
func (r *rest) awaitProgress(stage string) {
	r.t.Helper()
	for timeout := time.After(time.Minute); ; {
		select {
		case e := <-r.events:
			if e.Progress.Stage == stage {
				return
			}
		case <-timeout:
			r.t.Fatalf("it never got to %s", stage)
		}
	}
}

// awaitEmpty waits until no ticket is in the queue.
func (r *rest) awaitEmpty() {
	r.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		waiting, working, err := r.bus.Depth(r.t.Context(), deemster.LanePractice)
		if err != nil {
			r.t.Fatal(err)
		}
		if waiting+working == 0 {
			return
		}
	}
	r.t.Fatal("the ticket stays in the queue")
}

// openGate is a gate that lets everybody through.
func openGate() chan struct{} {
	gate := make(chan struct{})
	close(gate)
	return gate
}

func TestJudgesAndReports(t *testing.T) {
	r := &rest{engine: &echoes{gate: openGate()}}
	stop := start(t, r, nil)
	r.enqueue("s1")
	report := r.report()
	if report.Submission != "s1" || report.Attempt != 1 || report.Verdict != deemster.Accepted || len(report.Tests) != 3 {
		t.Errorf("reported %+v, want AC on three tests", report)
	}
	p := report.Provenance
	if p.Executor != report.Executor || p.Toolchain != "Python 3.14" || p.ProblemHash != "the hash" || p.Box != "scripted" || p.CPU == "" {
		t.Errorf("provenance %+v", p)
	}
	r.awaitEmpty()
	stop()
	if n := r.engine.open.Load(); n != 0 {
		t.Errorf("%d boxes were left open", n)
	}
	var done []int
	for len(r.events) > 0 {
		if e := <-r.events; e.User == "ada" && e.Progress.TestsTotal == 3 {
			done = append(done, e.Progress.TestsDone)
		}
	}
	if !slices.IsSorted(done) || !slices.Contains(done, 1) || !slices.Contains(done, 3) {
		t.Errorf("the tests done were told as %v, want each in turn", done)
	}
}

func TestRefusedClaims(t *testing.T) {
	for kind, again := range map[deemster.Kind]bool{
		deemster.NotFound: false, deemster.Conflict: false, deemster.Unavailable: true,
	} {
		t.Run(string(kind), func(t *testing.T) {
			r := &rest{engine: &echoes{gate: openGate()}}
			refused := false
			r.claim = func(deemster.Claim) error {
				if refused {
					return nil
				}
				refused = true
				return &deemster.Error{Kind: kind, Title: "not now", RetryAfter: time.Millisecond}
			}
			start(t, r, nil)
			r.enqueue("s1")
			if again {
				if report := r.report(); report.Verdict != deemster.Accepted {
					t.Errorf("the second claim ended as %+v", report)
				}
			}
			r.awaitEmpty()
			if claims := r.claims.Load(); claims != map[bool]int32{false: 1, true: 2}[again] {
				t.Errorf("claimed %d times", claims)
			}
		})
	}
}

func TestALostAttemptIsNotReported(t *testing.T) {
	r := &rest{engine: &echoes{gate: make(chan struct{})}}
	r.renew = func() error { return deemster.Errorf(deemster.Conflict, "the attempt is another's") }
	stop := start(t, r, func(e *Executor) { e.heartbeat = 10 * time.Millisecond })
	r.enqueue("s1")
	r.awaitProgress("running")
	for deadline := time.Now().Add(time.Minute); r.engine.open.Load() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the box of a lost attempt stays open")
		}
	}
	stop()
	if len(r.reports) != 0 {
		t.Errorf("it reported %+v", <-r.reports)
	}
}

func TestStopHandsBackWhatIsNotDone(t *testing.T) {
	r := &rest{engine: &echoes{gate: make(chan struct{})}}
	stop := start(t, r, func(e *Executor) { e.Grace = time.Millisecond })
	r.enqueue("s1")
	r.awaitProgress("running")
	stop()
	if report := r.report(); !report.Returned || report.Failure != "" || report.Verdict != "" || report.Attempt != 1 {
		t.Errorf("stopped while judging it reported %+v, want it handed back", report)
	}
	r.awaitEmpty()
}

func TestStopLetsJobsEnd(t *testing.T) {
	r := &rest{engine: &echoes{gate: make(chan struct{})}}
	stop := start(t, r, func(e *Executor) { e.Grace = time.Minute })
	r.enqueue("s1")
	r.awaitProgress("running")
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	close(r.engine.gate)
	<-stopped
	if report := r.report(); report.Verdict != deemster.Accepted || len(report.Tests) != 3 {
		t.Errorf("stopped while judging it reported %+v, want it judged to its end", report)
	}
}

func TestOurFailureIsNoVerdict(t *testing.T) {
	r := &rest{engine: &echoes{broken: errors.New("no room for a box")}}
	start(t, r, nil)
	r.enqueue("s1")
	report := r.report()
	if !strings.Contains(report.Failure, "no room for a box") || report.Verdict != "" || report.Returned {
		t.Errorf("reported %+v, want a failure", report)
	}
	r.awaitEmpty()
}

func TestAPanicIsAFailure(t *testing.T) {
	r := &rest{engine: &echoes{gate: openGate()}}
	start(t, r, func(e *Executor) { e.versions = nil })
	r.enqueue("s1")
	if report := r.report(); !strings.Contains(report.Failure, "panic") {
		t.Errorf("reported %+v, want a failure", report)
	}
}

func TestReportsFitTheBus(t *testing.T) {
	report := deemster.Report{Submission: "s1", Attempt: 1, CompileLog: strings.Repeat("\x00", int(deemster.MaxCompileLog))}
	for range deemster.MaxTests {
		report.Tests = append(report.Tests, deemster.TestResult{
			Name: strings.Repeat("n", 80), Verdict: deemster.Accepted, TimeMS: 5,
			Feedback: strings.Repeat("é", int(deemster.MaxFeedback)/2),
		})
	}
	r := &rest{engine: &echoes{gate: openGate()}}
	start(t, r, nil)
	if err := r.bus.Report(t.Context(), report); err == nil {
		t.Fatal("the bus takes the report as it is: the test shows nothing")
	}
	if err := errors.Join(fit(&report), r.bus.Report(t.Context(), report)); err != nil {
		t.Fatal(err)
	}
	got := r.report()
	if len(got.Tests) != deemster.MaxTests || got.Tests[7].TimeMS != 5 || got.Tests[7].Verdict != deemster.Accepted {
		t.Errorf("verdicts or measures were lost")
	}
	if s := cut("aé", 2); s != "a" {
		t.Errorf("a character was cut in two: %q", s)
	}
}
