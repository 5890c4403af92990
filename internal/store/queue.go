package store

import (
	"context"
	"fmt"
	"time"

	"github.com/deemster-oj/deemster"
)

// Waiting finds at most limit submissions that are queued in a lane, oldest first, of
// those after an id, as the tickets that they should have.
func (s *Store) Waiting(ctx context.Context, lane deemster.Lane, after string, limit int) ([]deemster.Ticket, error) {
	fields := func(t *deemster.Ticket) []any {
		t.Lane = lane
		return []any{&t.Submission, &t.Attempt}
	}
	tickets, err := collect(ctx, s, fields, `SELECT id, attempt FROM submissions
		WHERE state = 'queued' AND lane = ? AND id > ? ORDER BY id LIMIT ?`, string(lane), after, limit)
	if err != nil {
		return nil, fmt.Errorf("store: waiting: %w", err)
	}
	return tickets, nil
}

// Lapsed finds at most limit attempts whose lease has run out.
func (s *Store) Lapsed(ctx context.Context, now time.Time, limit int) ([]deemster.Lease, error) {
	fields := func(l *deemster.Lease) []any { return []any{&l.Submission, &l.Attempt, &l.Executor} }
	leases, err := collect(ctx, s, fields, `SELECT id, attempt, executor FROM submissions
		WHERE state = 'judging' AND lease_until <= ? ORDER BY id LIMIT ?`, micros(now), limit)
	if err != nil {
		return nil, fmt.Errorf("store: lapsed: %w", err)
	}
	return leases, nil
}

// maxPosition bounds what counting those ahead may cost; who is further back is told this.
const maxPosition = 10_000

// Position tells the place of a queued submission in its lane; 1 is next.
func (s *Store) Position(ctx context.Context, lane deemster.Lane, id string) (int, error) {
	var ahead int
	err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM submissions
		WHERE state = 'queued' AND lane = ? AND id < ? LIMIT ?) AS ahead`, string(lane), id, maxPosition-1).Scan(&ahead)
	if err != nil {
		return 0, fmt.Errorf("store: position: %w", err)
	}
	return ahead + 1, nil
}

// LaneStatus tells what is going on in a lane.
type LaneStatus struct {
	Lane    deemster.Lane
	Queued  int
	Judging int
	Oldest  time.Time // when the oldest that is queued was accepted; zero when none is
}

// Lanes tells what is going on in every lane, most urgent first.
func (s *Store) Lanes(ctx context.Context) ([]LaneStatus, error) {
	lanes := make([]LaneStatus, 0, len(deemster.Lanes))
	for _, lane := range deemster.Lanes {
		status := LaneStatus{Lane: lane}
		// No oldest is NULL, which scans as the zero time.
		err := s.read.QueryRowContext(ctx, `SELECT
				(SELECT COUNT(*) FROM submissions WHERE state = 'queued' AND lane = ?),
				(SELECT COUNT(*) FROM submissions WHERE state = 'judging' AND lane = ?),
				(SELECT created_at FROM submissions WHERE state = 'queued' AND lane = ? ORDER BY id LIMIT 1)`,
			string(lane), string(lane), string(lane)).Scan(&status.Queued, &status.Judging, into(&status.Oldest))
		if err != nil {
			return nil, fmt.Errorf("store: lanes: %w", err)
		}
		lanes = append(lanes, status)
	}
	return lanes, nil
}
