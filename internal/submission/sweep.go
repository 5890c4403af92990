package submission

import (
	"context"
	"time"

	"github.com/deemster-oj/deemster"
)

// sweepPage is how many rows of a lane one look takes.
const sweepPage = 500

// sweepRegularly sweeps at once, since a queue may have been lost while we were away, and
// then again and again until ctx ends.
func (s *Service) sweepRegularly(ctx context.Context) {
	ticker := time.NewTicker(s.SweepEvery)
	defer ticker.Stop()
	for ctx.Err() == nil {
		if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("submission: sweep not finished; trying again", "err", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
}

// sweep ends attempts whose lease has run out, and makes sure that what is queued has a
// ticket.
func (s *Service) sweep(ctx context.Context) error {
	leases, err := s.Store.Lapsed(ctx, s.Clock(), sweepPage)
	if err != nil {
		return err
	}
	for _, l := range leases {
		if err := s.end(ctx, lost(l.Submission, l.Attempt, l.Executor)); err != nil {
			return err
		}
	}
	for _, lane := range deemster.Lanes {
		if err := s.sweepLane(ctx, lane); err != nil {
			return err
		}
	}
	return nil
}

// sweepLane enqueues the tickets of a lane's queued rows once more. The bus refuses those
// that are in the queue already, so this costs a question a row, doubles nothing, and
// needs to know neither why a ticket is missing nor since when: a publish that failed, a
// ticket acknowledged by an executor that never claimed, a queue thrown away.
//
// One race remains: the row was claimed between our look and our publish, and its ticket
// acknowledged. Then there is a ticket too many; its claim is refused and it is dropped.
//
// In quiet times a sweep looks at one page and the next sweep at the following one, so
// that a long queue costs no more than a short one. As soon as a page misses tickets it
// goes on without a pause.
func (s *Service) sweepLane(ctx context.Context, lane deemster.Lane) error {
	for {
		tickets, err := s.Store.Waiting(ctx, lane, s.swept[lane], sweepPage)
		if err != nil {
			return err
		}
		missing := 0
		for _, t := range tickets {
			was, err := s.Bus.Enqueue(ctx, t)
			if err != nil {
				return err
			}
			if was {
				missing++
			}
		}
		if missing > 0 {
			s.Log.Info("submission: tickets were missing", "lane", lane, "tickets", missing)
		}
		if len(tickets) < sweepPage {
			s.swept[lane] = "" // from the oldest again
			return nil
		}
		s.swept[lane] = tickets[len(tickets)-1].Submission
		if missing == 0 {
			return nil
		}
	}
}
