package submission

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

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

// The control of the tests with a sweeper: what it repairs while the role runs stays
// broken when it does not come.
func TestSweeperIsNeeded(t *testing.T) {
	for name, every := range map[string]time.Duration{"with it": sweepPause, "without it": time.Hour} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			s.SweepEvery = every
			dropped, _, err := s.Store.AddSubmission(t.Context(), handedIn(), s.clock())
			if err != nil {
				t.Fatal(err)
			}
			taken := s.add()
			s.take(taken, "dying")
			s.drop(taken)
			stop := s.run()
			defer stop()
			s.drop(dropped.ID) // its ticket is of the sweep that every role begins with
			s.pass(deemster.LeaseTime)
			if every == sweepPause {
				again := map[string]bool{s.pull().Submission: true, s.pull().Submission: true}
				if !again[dropped.ID] || !again[taken] {
					t.Errorf("tickets of %v came again, want of both", again)
				}
				return
			}
			time.Sleep(20 * sweepPause) // an absence has to be waited for
			if d, err := s.queue.TryPull([]deemster.Lane{deemster.LanePractice}); d != nil || err != nil {
				t.Errorf("without a sweep came the ticket %+v, %v", d, err)
			}
			s.want(dropped.ID, deemster.StateQueued, "", 0)
			s.want(taken, deemster.StateJudging, "", 1)
		})
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
