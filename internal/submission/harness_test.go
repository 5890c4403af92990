package submission

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store"
)

// patience is how long a test waits for what must come. It is long: a machine may be busy.
const patience = 30 * time.Second

// sweepPause is the pause between sweeps of a role that is run.
const sweepPause = 20 * time.Millisecond

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
	s.Service = New(Config{Store: rows, Documents: documents, Log: log, Clock: s.clock, SweepEvery: sweepPause})
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

// drop takes the next ticket, which is a submission's, out of the queue.
func (s *site) drop(id string) {
	s.t.Helper()
	d := s.pull()
	if d.Submission != id {
		s.t.Fatalf("ticket %+v, want that of %s", d.Ticket, id)
	}
	if err := d.Ack(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
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
