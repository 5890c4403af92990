// Package submission is the role that owns the life of a submission: it accepts, puts
// tickets into the lanes, gives executors their jobs, records their reports, decides
// about retries, and answers what has become of each. It runs nothing of strangers.
//
// The row in SQL is the truth, and the only thing that must be written when a submission
// is accepted. Everything else follows from rows and can be done again:
//
//	queued ──claim──> judging ──verdict──> done
//	  ^                  │  └──last failure──^ (JE)
//	  └──failed, handed back, lease run out
//
// Each arrow is one compare-and-set on (submission, attempt). So whatever comes late,
// twice or in another order finds that its attempt has ended, and changes nothing. What a
// crash leaves undone after an arrow is repaired: a missing ticket by the sweeper, a
// missing event by whoever asks, since events are only hints.
package submission

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store"
)

// DefaultSweepEvery is the pause between two sweeps when a [Config] does not say.
const DefaultSweepEvery = 2 * time.Second

// parallel bounds how many questions of one kind are answered at a time.
const parallel = 64

// publishTimeout is how long a ticket may be on its way into the queue before it is left
// to the sweeper.
const publishTimeout = 5 * time.Second

// Config is what the role works with.
type Config struct {
	Store      *store.Store
	Bus        *bus.Bus
	Documents  document.Store
	Log        *slog.Logger
	Clock      func() time.Time // nil is time.Now
	SweepEvery time.Duration    // 0 is DefaultSweepEvery
}

// Service is the submission role. Any number of processes may run one on the same rows.
type Service struct {
	Config
	live live
	pace pace

	// publishing holds one token for each ticket of a submission just accepted that is
	// on its way into the queue.
	publishing chan struct{}
	// swept is how far the sweeper has come in each lane: the id of the last row it saw.
	swept map[deemster.Lane]string
}

// New makes a service. Run makes it work.
func New(c Config) *Service {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.SweepEvery == 0 {
		c.SweepEvery = DefaultSweepEvery
	}
	return &Service{
		Config:     c,
		live:       live{seen: map[string]deemster.Progress{}},
		pace:       pace{executors: map[string]slots{}},
		publishing: make(chan struct{}, parallel),
		swept:      map[deemster.Lane]string{},
	}
}

// Run serves until ctx ends. Then it finishes what has come by then, and returns.
func (s *Service) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ctx, wait := bus.Graceful(ctx)
	if err := s.listen(ctx); err != nil {
		return fmt.Errorf("submission: %w", err)
	}
	s.Log.Info("submission: ready")
	s.sweepRegularly(ctx)
	wait()
	for range cap(s.publishing) { // the last tickets
		s.publishing <- struct{}{}
	}
	return nil
}

// listen starts to answer and to hear.
func (s *Service) listen(ctx context.Context) error {
	for _, start := range []func() error{
		func() error { return s.Bus.Events(ctx, s.live.hear) },
		func() error {
			return s.Bus.Executors(ctx, func(e deemster.ExecutorInfo) { s.pace.hear(e, s.Clock()) })
		},
		func() error { return s.Bus.Reports(ctx, s.record) },
		func() error { return bus.Serve(ctx, s.Bus, bus.ClaimJob, parallel, s.claim) },
		func() error { return bus.Serve(ctx, s.Bus, bus.RenewLease, parallel, s.renew) },
		func() error { return bus.Serve(ctx, s.Bus, bus.GetSubmission, parallel, s.get) },
		func() error { return bus.Serve(ctx, s.Bus, bus.ListSubmissions, parallel, s.list) },
		func() error { return bus.Serve(ctx, s.Bus, bus.RejudgeSubmission, parallel, s.rejudge) },
		func() error { return bus.Serve(ctx, s.Bus, bus.Accept, parallel, s.accept) },
	} {
		if err := start(); err != nil {
			return err
		}
	}
	return nil
}

// accept answers [bus.Accept]. When it has answered, the submission will be judged.
func (s *Service) accept(ctx context.Context, n deemster.NewSubmission) (deemster.Submission, error) {
	row, fresh, err := s.Store.AddSubmission(ctx, n, s.Clock())
	if err != nil {
		return deemster.Submission{}, err
	}
	if fresh {
		s.publishSoon(ctx, row)
	}
	return s.summary(ctx, row), nil
}

// rejudge answers [bus.RejudgeSubmission]. The reports of earlier attempts stay.
func (s *Service) rejudge(ctx context.Context, q bus.Rejudge) (deemster.Submission, error) {
	row, err := s.Store.Rejudge(ctx, q.ID, q.Version)
	if err != nil {
		return deemster.Submission{}, err
	}
	s.publishSoon(ctx, row)
	s.Bus.Publish(deemster.Event{Submission: row.ID, User: row.User, Progress: &deemster.Progress{
		Submission: row.ID, Attempt: row.Attempt, State: row.State,
	}})
	return s.summary(ctx, row), nil
}

// publishSoon enqueues the ticket of a row without keeping the submitter waiting. It may
// fail, or be left out when the bus is slow: the sweeper finds the row.
func (s *Service) publishSoon(ctx context.Context, row store.Submission) {
	select {
	case s.publishing <- struct{}{}:
	default:
		return
	}
	go func() {
		defer func() { <-s.publishing }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), publishTimeout)
		defer cancel()
		s.publish(ctx, row)
	}()
}

// publish enqueues the ticket of a queued row.
func (s *Service) publish(ctx context.Context, row store.Submission) {
	if _, err := s.Bus.Enqueue(ctx, deemster.Ticket{Submission: row.ID, Attempt: row.Attempt, Lane: row.Lane}); err != nil {
		s.Log.Warn("submission: no ticket yet; the sweeper will see to it", "submission", row.ID, "err", err)
	}
}

// claim answers [bus.ClaimJob].
func (s *Service) claim(ctx context.Context, c deemster.Claim) (deemster.Job, error) {
	row, err := s.Store.Submission(ctx, c.Submission)
	if err != nil {
		return deemster.Job{}, err
	}
	if row.State != deemster.StateDone && !slices.Contains(c.Languages, row.Language) {
		return deemster.Job{}, &deemster.Error{
			Kind: deemster.Unavailable, Title: fmt.Sprintf("this executor does not have the language %q", row.Language),
			RetryAfter: time.Second,
		}
	}
	if row.Lapsed(s.Clock()) {
		if err := s.end(ctx, lost(row.ID, row.Attempt, row.Executor)); err != nil {
			return deemster.Job{}, err
		}
	}
	files, err := s.Store.Sources(ctx, row.ID) // before the claim: a failure costs no attempt
	if err != nil {
		return deemster.Job{}, err
	}
	row, err = s.Store.Claim(ctx, c, s.Clock())
	if err != nil {
		return deemster.Job{}, err
	}
	return deemster.Job{
		Submission: row.ID, Attempt: row.Attempt, User: row.User,
		Problem: row.Problem, ProblemVersion: row.ProblemVersion,
		Language: row.Language, Files: files, Lane: row.Lane,
	}, nil
}

// renew answers [bus.RenewLease].
func (s *Service) renew(ctx context.Context, l deemster.Lease) (struct{}, error) {
	return struct{}{}, s.Store.Renew(ctx, l, s.Clock())
}
