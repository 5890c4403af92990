package submission

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store"
	"github.com/deemster-oj/deemster/internal/store/storetest"
)

// patience is how long a test waits for what must come. It is long: a machine may be busy.
const patience = 30 * time.Second

// site is a submission role on real backends, in a directory of its own, with a clock
// that the test moves. The role does nothing by itself until it is run.
type site struct {
	*Service
	t     *testing.T
	dir   string
	queue *bus.Queue

	mu  sync.Mutex
	now time.Time
}

func newSite(t *testing.T) *site {
	return newSiteOn(t, "sqlite:"+filepath.Join(t.TempDir(), "rows.db"))
}

func newSiteOn(t *testing.T, database string) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)}
	log := slog.New(slog.DiscardHandler)
	rows, err := store.Open(t.Context(), database, log)
	if err != nil {
		t.Fatal(err)
	}
	documents, err := document.OpenSQLite(t.Context(), filepath.Join(s.dir, "documents.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.queue.Close()
		s.Bus.Close()
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
		if err := documents.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Service = New(Config{Store: rows, Documents: documents, Log: log, Clock: s.clock, SweepEvery: 20 * time.Millisecond})
	s.openBus()
	return s
}

// openBus opens the bus, and again after it was closed.
func (s *site) openBus() {
	s.t.Helper()
	var err error
	if s.Bus, err = bus.Open(s.t.Context(), "embedded:"+filepath.Join(s.dir, "bus"), s.Log); err != nil {
		s.t.Fatal(err)
	}
	if s.queue, err = s.Bus.Queue(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// run runs the role until the returned function is called, which waits for its end.
func (s *site) run() (stop func()) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	s.until("the role serves", func() bool {
		_, err := bus.Call(s.t.Context(), s.Bus, bus.Accept, deemster.NewSubmission{UserID: "u", IdempotencyKey: "are you there", Lane: deemster.LaneRejudge})
		return err == nil
	})
	return func() {
		cancel()
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	}
}

// until waits for what must come to be.
func (s *site) until(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("not in time: %s", what)
		}
	}
}

func handedIn() deemster.NewSubmission {
	return deemster.NewSubmission{
		UserID: "id-ada", User: "ada", Problem: "aplusb", ProblemVersion: 3, Language: "cpp", Lane: deemster.LanePractice,
		Files: []deemster.File{{Name: "main.cpp", Content: "int main() {}\n"}},
	}
}

func (s *site) add() string {
	s.t.Helper()
	answer, err := s.accept(s.t.Context(), handedIn())
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.ID
}

// pull takes the next ticket, whenever it comes.
func (s *site) pull() *bus.Delivery {
	s.t.Helper()
	var got *bus.Delivery
	s.until("a ticket", func() bool {
		var err error
		if got, err = s.queue.TryPull([]deemster.Lane{deemster.LanePractice}); err != nil {
			s.t.Fatal(err)
		}
		return got != nil
	})
	return got
}

// take claims a submission for an executor.
func (s *site) take(id, executor string) deemster.Job {
	s.t.Helper()
	job, err := s.claim(s.t.Context(), deemster.Claim{Submission: id, Executor: executor, Languages: []string{"c", "cpp"}})
	if err != nil {
		s.t.Fatal(err)
	}
	return job
}

func (s *site) report(r deemster.Report) {
	s.t.Helper()
	if err := s.record(s.t.Context(), r); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) sweepNow() {
	s.t.Helper()
	if err := s.sweep(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) answer(id string) deemster.Submission {
	s.t.Helper()
	answer, err := s.get(s.t.Context(), bus.ByID{ID: id})
	if err != nil {
		s.t.Fatal(err)
	}
	return answer
}

func (s *site) want(id string, state deemster.State, verdict deemster.Verdict, attempt int) {
	s.t.Helper()
	if a := s.answer(id); a.State != state || a.Verdict != verdict || a.Attempt != attempt {
		s.t.Fatalf("it is %s %q in attempt %d, want %s %q in %d", a.State, a.Verdict, a.Attempt, state, verdict, attempt)
	}
}

func wantKind(t *testing.T, err error, want deemster.Kind) {
	t.Helper()
	if got := deemster.KindOf(err); got != want {
		t.Errorf("error is %q (%v), want %q", got, err, want)
	}
}

// The life of a submission over the bus, on both databases.
func TestLife(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { life(t, newSite(t)) })
	t.Run("mariadb", func(t *testing.T) { life(t, newSiteOn(t, storetest.MariaDB(t))) })
}

func life(t *testing.T, s *site) {
	ctx := t.Context()
	done := make(chan deemster.Event, 10)
	err := s.Bus.Events(ctx, func(e deemster.Event) {
		if e.Done {
			done <- e
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	stop := s.run()
	defer stop()

	n := handedIn()
	n.IdempotencyKey = "key"
	accepted, err := bus.Call(ctx, s.Bus, bus.Accept, n)
	if err != nil {
		t.Fatal(err)
	}
	if q := accepted.Queue; accepted.State != deemster.StateQueued || q == nil || q.Lane != deemster.LanePractice || q.Position != 1 || q.ETAMS != 0 {
		t.Errorf("accepted as %+v with %+v", accepted, accepted.Queue)
	}
	if again, err := bus.Call(ctx, s.Bus, bus.Accept, n); err != nil || again.ID != accepted.ID {
		t.Errorf("accepted again: %s, %v", again.ID, err)
	}

	delivery := s.pull()
	if delivery.Submission != accepted.ID {
		t.Errorf("pulled %+v", delivery.Ticket)
	}
	job, err := bus.Call(ctx, s.Bus, bus.ClaimJob, deemster.Claim{Submission: delivery.Submission, Executor: "e", Languages: []string{"cpp"}})
	if err != nil {
		t.Fatal(err)
	}
	want := deemster.Job{
		Submission: accepted.ID, Attempt: 1, User: "ada", Problem: "aplusb", ProblemVersion: 3,
		Language: "cpp", Files: n.Files, Lane: deemster.LanePractice,
	}
	if diff := cmp.Diff(want, job); diff != "" {
		t.Errorf("job: %s", diff)
	}
	s.Bus.Publish(deemster.Event{Submission: job.Submission, User: job.User, Progress: &deemster.Progress{
		Submission: job.Submission, Attempt: 1, State: deemster.StateJudging, TestsDone: 1, TestsTotal: 2,
	}})
	s.until("the progress shows", func() bool {
		a, err := bus.Call(ctx, s.Bus, bus.GetSubmission, bus.ByID{ID: job.Submission})
		return err == nil && a.State == deemster.StateJudging && a.TestsDone == 1 && a.TestsTotal == 2
	})
	s.pass(10 * time.Second)
	if _, err := bus.Call(ctx, s.Bus, bus.RenewLease, deemster.Lease{Submission: job.Submission, Attempt: 1, Executor: "e"}); err != nil {
		t.Error(err)
	}
	s.pass(10 * time.Second) // past the first lease

	report := deemster.Report{
		Submission: job.Submission, Attempt: 1, Executor: "e", Verdict: deemster.WrongAnswer, TimeMS: 12, Memory: 4096, CompileLog: "warning",
		Tests:      []deemster.TestResult{{Name: "1", Verdict: deemster.Accepted}, {Name: "2", Verdict: deemster.WrongAnswer, Feedback: "2 is not 3"}},
		Provenance: deemster.Provenance{Executor: "e", Toolchain: "g++"},
	}
	if err := s.Bus.Report(ctx, report); err != nil {
		t.Fatal(err)
	}
	select {
	case e := <-done:
		if e.Submission != job.Submission || e.User != "ada" {
			t.Errorf("event %+v", e)
		}
	case <-time.After(patience):
		t.Fatal("no word of the verdict")
	}
	answer, err := bus.Call(ctx, s.Bus, bus.GetSubmission, bus.ByID{ID: job.Submission})
	if err != nil {
		t.Fatal(err)
	}
	judged := s.clock()
	if diff := cmp.Diff(deemster.Submission{
		ID: job.Submission, Problem: "aplusb", ProblemVersion: 3, User: "ada", Language: "cpp",
		State: deemster.StateDone, Verdict: deemster.WrongAnswer, TimeMS: 12, Memory: 4096, Attempt: 1, TestsDone: 2, TestsTotal: 2,
		CreatedAt: accepted.CreatedAt, JudgedAt: &judged, CompileLog: "warning", Tests: report.Tests, Files: n.Files, Provenance: &report.Provenance,
	}, answer); diff != "" {
		t.Errorf("answer: %s", diff)
	}
	page, err := bus.Call(ctx, s.Bus, bus.ListSubmissions, deemster.SubmissionFilter{User: "ada"})
	if err != nil || len(page.Items) != 1 || page.Items[0].Verdict != deemster.WrongAnswer || page.Items[0].Tests != nil {
		t.Errorf("list: %+v, %v", page, err)
	}
}

// What an executor is told that asks for what it cannot have.
func TestClaimRefused(t *testing.T) {
	s := newSite(t)
	id := s.add()
	try := func(id string, languages ...string) error {
		_, err := s.claim(t.Context(), deemster.Claim{Submission: id, Executor: "x", Languages: languages})
		return err
	}
	wantKind(t, try("none", "cpp"), deemster.NotFound)
	wantKind(t, try(id, "c", "java"), deemster.Unavailable)
	s.want(id, deemster.StateQueued, "", 0)
	job := s.take(id, "x")
	wantKind(t, try(id, "cpp"), deemster.Unavailable)
	s.report(deemster.Report{Submission: id, Attempt: job.Attempt, Verdict: deemster.Accepted})
	wantKind(t, try(id, "cpp"), deemster.Conflict)
	wantKind(t, try(id), deemster.Conflict) // even who could not judge it drops the ticket
}

// Only the report of the present attempt counts, once, in whichever order reports come.
func TestReportsLateDoubledReordered(t *testing.T) {
	s := newSite(t)
	id := s.add()
	slow := s.take(id, "slow")
	s.pass(deemster.LeaseTime)
	s.sweepNow()
	s.want(id, deemster.StateQueued, "", 1)
	quick := s.take(id, "quick")
	verdict := func(attempt int, v deemster.Verdict) deemster.Report {
		return deemster.Report{Submission: id, Attempt: attempt, Verdict: v, CompileLog: string(v)}
	}

	s.report(verdict(slow.Attempt, deemster.Accepted)) // late
	s.want(id, deemster.StateJudging, "", 2)
	s.report(deemster.Report{Submission: id, Attempt: slow.Attempt, Failure: "late too"})
	s.report(verdict(quick.Attempt+1, deemster.Accepted)) // of an attempt that never was
	s.want(id, deemster.StateJudging, "", 2)
	_, err := s.renew(t.Context(), deemster.Lease{Submission: id, Attempt: slow.Attempt, Executor: "slow"})
	wantKind(t, err, deemster.Conflict)

	// The control: the very same report counts when it is of the present attempt.
	s.report(verdict(quick.Attempt, deemster.WrongAnswer))
	s.want(id, deemster.StateDone, deemster.WrongAnswer, 2)

	s.report(verdict(quick.Attempt, deemster.Accepted)) // doubled, and changed
	s.report(verdict(slow.Attempt, deemster.Accepted))
	s.report(deemster.Report{Submission: id, Attempt: quick.Attempt, Failure: "doubled"})
	s.report(deemster.Report{Submission: id, Attempt: quick.Attempt, Returned: true})
	s.pass(time.Hour)
	s.sweepNow()
	s.want(id, deemster.StateDone, deemster.WrongAnswer, 2)
	if a := s.answer(id); a.CompileLog != string(deemster.WrongAnswer) {
		t.Errorf("the answer shows the report of another attempt: %q", a.CompileLog)
	}
	s.report(verdict(1, deemster.Accepted)) // of nothing we know: dropped, not tried for ever
	s.report(deemster.Report{Submission: "unknown", Attempt: 1})
}

// A crash anywhere while a report is recorded is made good when it comes again.
func TestReportRecordedHalf(t *testing.T) {
	s := newSite(t)
	events := make(chan deemster.Event, 10)
	if err := s.Bus.Events(t.Context(), func(e deemster.Event) { events <- e }); err != nil {
		t.Fatal(err)
	}
	id := s.add()
	r := deemster.Report{Submission: id, Attempt: s.take(id, "x").Attempt, Verdict: deemster.Accepted, CompileLog: "log"}
	if err := s.Documents.Insert(t.Context(), document.Reports, reportID(id, 1), r); err != nil {
		t.Fatal(err)
	}
	// Here it crashed once; and here, when the row was done and nobody told:
	if counted, err := s.Store.Finish(t.Context(), r, s.clock()); !counted || err != nil {
		t.Fatal(counted, err)
	}
	s.report(r)
	select {
	case e := <-events:
		if !e.Done || e.Submission != id {
			t.Errorf("event %+v", e)
		}
	case <-time.After(patience):
		t.Error("the news was never told")
	}
	if a := s.answer(id); a.Verdict != deemster.Accepted || a.CompileLog != "log" {
		t.Errorf("answer %+v", a)
	}

	second := s.add()
	r.Submission, r.Attempt = second, s.take(second, "x").Attempt
	if err := s.Documents.Insert(t.Context(), document.Reports, reportID(second, 1), r); err != nil {
		t.Fatal(err)
	}
	s.report(r)
	s.want(second, deemster.StateDone, deemster.Accepted, 1)
}

func TestFailures(t *testing.T) {
	for name, fail := range map[string]func(*site, deemster.Job){
		"reported": func(s *site, j deemster.Job) {
			s.report(deemster.Report{Submission: j.Submission, Attempt: j.Attempt, Executor: "x", Failure: "disk full"})
		},
		"lost": func(s *site, j deemster.Job) {
			s.pass(deemster.LeaseTime)
			s.sweepNow()
		},
		"no verdict": func(s *site, j deemster.Job) {
			s.report(deemster.Report{Submission: j.Submission, Attempt: j.Attempt, Executor: "x"})
		},
		"not a verdict": func(s *site, j deemster.Job) {
			s.report(deemster.Report{Submission: j.Submission, Attempt: j.Attempt, Executor: "x", Verdict: deemster.Skipped})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			id := s.add()
			for attempt := 1; attempt <= deemster.MaxAttempts; attempt++ {
				d := s.pull()
				if d.Submission != id || d.Attempt != attempt-1 {
					t.Fatalf("ticket %+v, want one for attempt %d", d.Ticket, attempt)
				}
				job := s.take(id, "x")
				if err := d.Ack(t.Context()); err != nil {
					t.Fatal(err)
				}
				s.want(id, deemster.StateJudging, "", attempt)
				fail(s, job)
				if a := s.answer(id); attempt < deemster.MaxAttempts && (a.State != deemster.StateQueued || a.Message != "") {
					t.Fatalf("after failure %d: %+v", attempt, a)
				}
			}
			if a := s.answer(id); a.State != deemster.StateDone || a.Verdict != deemster.JudgeError || a.Message == "" || a.JudgedAt == nil {
				t.Errorf("after the last failure: %+v", a)
			}
			if d, err := s.queue.TryPull(deemster.Lanes); d != nil || err != nil {
				t.Errorf("a ticket for what is done: %+v, %v", d, err)
			}
		})
	}
}

// A claim of what a dead executor holds needs no sweeper.
func TestClaimOfALapsedAttempt(t *testing.T) {
	s := newSite(t)
	id := s.add()
	for attempt := 1; attempt <= deemster.MaxAttempts; attempt++ {
		if job := s.take(id, "dying"); job.Attempt != attempt {
			t.Errorf("attempt %d, want %d", job.Attempt, attempt)
		}
		s.pass(deemster.LeaseTime)
	}
	_, err := s.claim(t.Context(), deemster.Claim{Submission: id, Executor: "next", Languages: []string{"cpp"}})
	wantKind(t, err, deemster.Conflict)
	s.want(id, deemster.StateDone, deemster.JudgeError, deemster.MaxAttempts)
}

func TestHandedBack(t *testing.T) {
	s := newSite(t)
	id := s.add()
	const times = 2 * deemster.MaxAttempts
	for attempt := 1; attempt <= times; attempt++ {
		d := s.pull()
		job := s.take(id, "stopping")
		s.report(deemster.Report{Submission: id, Attempt: job.Attempt, Returned: true})
		s.want(id, deemster.StateQueued, "", attempt)
		if err := d.Ack(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.report(deemster.Report{Submission: id, Attempt: s.take(id, "x").Attempt, Verdict: deemster.Accepted})
	s.want(id, deemster.StateDone, deemster.Accepted, times+1)
}

// A ticket that was acknowledged and never claimed comes again with the next sweep, and
// not without one.
func TestTicketLost(t *testing.T) {
	s := newSite(t)
	id := s.add()
	if err := s.pull().Ack(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d, err := s.queue.TryPull(deemster.Lanes); d != nil || err != nil {
		t.Fatalf("a ticket without a sweep: %+v, %v", d, err)
	}
	s.sweepNow()
	if d := s.pull(); d.Submission != id {
		t.Errorf("ticket %+v", d.Ticket)
	}
}

// However often it is swept, a row has one ticket: waiting, pulled or put back.
func TestTicketsDoNotPileUp(t *testing.T) {
	s := newSite(t)
	const rows = 7
	for range rows {
		s.add()
	}
	s.sweepNow()
	if err := s.pull().Return(time.Hour); err != nil {
		t.Fatal(err)
	}
	s.pull()
	for range 20 {
		s.sweepNow()
	}
	waiting, working, err := s.Bus.Depth(t.Context(), deemster.LanePractice)
	if err != nil || waiting+working != rows || working != 2 {
		t.Errorf("%d tickets wait and %d are held, %v; want %d in all", waiting, working, err, rows)
	}
}

// The queue is thrown away while the role is down: everything that waits is queued again.
func TestQueueThrownAway(t *testing.T) {
	s := newSite(t)
	const rows = sweepPage + 50
	want := map[string]bool{}
	for range rows {
		row, _, err := s.Store.AddSubmission(t.Context(), handedIn(), s.clock())
		if err != nil {
			t.Fatal(err)
		}
		want[row.ID] = true
	}
	s.sweepNow()
	judging := s.pull()
	s.take(judging.Submission, "x")

	s.queue.Close()
	s.Bus.Close()
	if err := os.RemoveAll(filepath.Join(s.dir, "bus")); err != nil {
		t.Fatal(err)
	}
	s.openBus()
	if waiting, _, err := s.Bus.Depth(t.Context(), deemster.LanePractice); waiting != 0 || err != nil {
		t.Fatalf("%d tickets have survived, %v", waiting, err)
	}
	stop := s.run()
	for left := rows - 1; left > 0; left-- {
		d := s.pull()
		if !want[d.Submission] || d.Submission == judging.Submission {
			t.Fatalf("ticket %+v: twice, or of what is judged", d.Ticket)
		}
		delete(want, d.Submission)
	}
	s.pass(deemster.LeaseTime)
	if d := s.pull(); d.Submission != judging.Submission || d.Attempt != 1 {
		t.Errorf("ticket %+v, want that of the attempt whose lease ran out", d.Ticket)
	}
	stop()
}

// What was accepted before the role stops has a row; what was not, has none.
func TestStopWhileAccepting(t *testing.T) {
	s := newSite(t)
	stop := s.run()
	var all sync.WaitGroup
	var mu sync.Mutex
	accepted := map[string]bool{}
	begun := make(chan struct{}, 1)
	for i := range 8 {
		all.Go(func() {
			for j := 0; ; j++ {
				n := handedIn()
				n.User = fmt.Sprint(i)
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				answer, err := bus.Call(ctx, s.Bus, bus.Accept, n)
				cancel()
				if err != nil {
					wantKind(t, err, deemster.Unavailable)
					return
				}
				mu.Lock()
				accepted[answer.ID] = true
				if len(accepted) == 40 {
					begun <- struct{}{}
				}
				mu.Unlock()
			}
		})
	}
	<-begun
	stop()
	all.Wait()
	for id := range accepted {
		if _, err := s.Store.Submission(t.Context(), id); err != nil {
			t.Errorf("accepted and lost: %v", err)
		}
	}
	lanes, err := s.Store.Lanes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := lanes[2].Queued; n != len(accepted) {
		t.Errorf("%d rows, %d accepted: an answer was lost", n, len(accepted))
	}
}
