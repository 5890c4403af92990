package submission

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store/storetest"
)

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
	job := s.begin(accepted.ID)
	want := deemster.Job{
		Submission: accepted.ID, Attempt: 1, User: "ada", Problem: "aplusb", ProblemVersion: 3,
		Language: "cpp", Files: n.Files, Lane: deemster.LanePractice,
	}
	if diff := cmp.Diff(want, job); diff != "" {
		t.Errorf("job: %s", diff)
	}
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

// begin does over the bus what an executor does before it has a report: it claims, tells
// its progress, and renews its lease, which would have run out when begin returns.
func (s *site) begin(id string) deemster.Job {
	s.t.Helper()
	ctx := s.t.Context()
	job, err := bus.Call(ctx, s.Bus, bus.ClaimJob, deemster.Claim{Submission: id, Executor: "e", Languages: []string{"cpp"}})
	if err != nil {
		s.t.Fatal(err)
	}
	s.Bus.Publish(deemster.Event{Submission: id, User: job.User, Progress: &deemster.Progress{
		Submission: id, Attempt: job.Attempt, State: deemster.StateJudging, TestsDone: 1, TestsTotal: 2,
	}})
	s.until("the progress shows", func() bool {
		a, err := bus.Call(ctx, s.Bus, bus.GetSubmission, bus.ByID{ID: id})
		return err == nil && a.State == deemster.StateJudging && a.TestsDone == 1 && a.TestsTotal == 2
	})
	s.pass(deemster.LeaseTime * 2 / 3)
	if _, err := bus.Call(ctx, s.Bus, bus.RenewLease, deemster.Lease{Submission: id, Attempt: job.Attempt, Executor: "e"}); err != nil {
		s.t.Error(err)
	}
	s.pass(deemster.LeaseTime * 2 / 3)
	return job
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

	// The first look at the row only saves work: without it, what the row says when it is
	// written decides.
	if err := s.end(t.Context(), verdict(slow.Attempt, deemster.Accepted)); err != nil {
		t.Fatal(err)
	}
	s.want(id, deemster.StateJudging, "", 2)

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
