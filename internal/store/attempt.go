package store

import (
	"context"
	"fmt"
	"time"

	"github.com/deemster-oj/deemster"
)

// Longest texts that a row keeps, in bytes.
const (
	maxMessage  = 4 << 10
	maxExecutor = 255
)

// Claim makes a queued submission a new attempt of an executor, and answers with the row
// as it is then. Of any number who claim at once one succeeds. The error is NotFound when
// there is no such submission, Conflict when it is done, and Unavailable when another
// executor has it. An attempt whose lease has run out keeps it until Requeue has ended it.
func (s *Store) Claim(ctx context.Context, c deemster.Claim, now time.Time) (Submission, error) {
	row, err := s.Submission(ctx, c.Submission)
	if err != nil {
		return Submission{}, err
	}
	switch row.State {
	case deemster.StateDone:
		return Submission{}, deemster.Errorf(deemster.Conflict, "this submission is done")
	case deemster.StateJudging:
		return Submission{}, heldUntil(row.LeaseUntil, now)
	}
	until, executor := now.Add(deemster.LeaseTime), cut(c.Executor, maxExecutor)
	n, err := s.change(ctx, `UPDATE submissions
		SET state = 'judging', attempt = ?, executor = ?, started_at = ?, lease_until = ?, tests_done = 0, tests_total = 0
		WHERE id = ? AND attempt = ? AND state = 'queued'`,
		row.Attempt+1, executor, micros(now), micros(until), row.ID, row.Attempt)
	if err != nil {
		return Submission{}, fmt.Errorf("store: claim %s: %w", row.ID, err)
	}
	if n == 0 { // another was quicker
		return Submission{}, heldUntil(until, now)
	}
	row.State, row.Attempt, row.Executor = deemster.StateJudging, row.Attempt+1, executor
	row.StartedAt, row.LeaseUntil = now, until
	return row, nil
}

// heldUntil says when to ask again for what another executor has.
func heldUntil(until, now time.Time) error {
	return &deemster.Error{
		Kind: deemster.Unavailable, Title: "another executor has this submission",
		RetryAfter: max(time.Second, until.Sub(now)),
	}
}

// Renew lengthens the lease of an attempt. The error is a Conflict when the attempt is
// not the present one any more.
func (s *Store) Renew(ctx context.Context, l deemster.Lease, now time.Time) error {
	n, err := s.change(ctx, `UPDATE submissions SET lease_until = ?
		WHERE id = ? AND attempt = ? AND executor = ? AND state = 'judging'`,
		micros(now.Add(deemster.LeaseTime)), l.Submission, l.Attempt, cut(l.Executor, maxExecutor))
	if err != nil {
		return fmt.Errorf("store: renew %s: %w", l.Submission, err)
	}
	if n == 0 {
		return deemster.Errorf(deemster.Conflict, "this attempt has ended")
	}
	return nil
}

// Finish records the verdict of an attempt. It tells whether the report counted: one of
// an attempt that is not the present one changes nothing.
func (s *Store) Finish(ctx context.Context, r deemster.Report, now time.Time) (counted bool, err error) {
	done := 0
	for _, t := range r.Tests {
		if t.Verdict != deemster.Skipped {
			done++
		}
	}
	n, err := s.change(ctx, `UPDATE submissions
		SET state = 'done', verdict = ?, score = ?, max_score = ?, time_ms = ?, memory_bytes = ?,
			judged_at = ?, lease_until = 0, message = '', tests_done = ?, tests_total = ?
		WHERE id = ? AND attempt = ? AND state = 'judging'`,
		string(r.Verdict), r.Score, r.MaxScore, r.TimeMS, int64(r.Memory),
		micros(now), done, len(r.Tests), r.Submission, r.Attempt)
	if err != nil {
		return false, fmt.Errorf("store: finish %s: %w", r.Submission, err)
	}
	return n == 1, nil
}

// Requeue ends an attempt that brought no verdict: it failed, was handed back, or its
// executor was lost. The submission is queued again, or is done with JE when this was
// the last failure allowed or final. It answers with the row as it is then and tells whether the
// report counted: one of an attempt that is not the present one changes nothing.
func (s *Store) Requeue(ctx context.Context, r deemster.Report, now time.Time) (row Submission, counted bool, err error) {
	row, err = s.Submission(ctx, r.Submission)
	if err != nil {
		return Submission{}, false, err
	}
	if row.State != deemster.StateJudging || row.Attempt != r.Attempt {
		return row, false, nil
	}
	// While the attempt is the present one nothing else of the row changes but its lease,
	// so what was read still holds if the statement finds it.
	row.fail(r, now)
	n, err := s.change(ctx, `UPDATE submissions
		SET state = ?, verdict = ?, failures = ?, message = ?, judged_at = ?, lease_until = 0, tests_done = 0, tests_total = 0
		WHERE id = ? AND attempt = ? AND state = 'judging'`,
		string(row.State), string(row.Verdict), row.Failures, row.Message, microsOrZero(row.JudgedAt),
		row.ID, r.Attempt)
	if err != nil {
		return Submission{}, false, fmt.Errorf("store: requeue %s: %w", r.Submission, err)
	}
	return row, n == 1, nil
}

// Rejudge queues a submission that is done once more, to be judged against a version of
// its problem. Its attempts are counted on, its failures from nothing. While it is not done,
// it is a Conflict.
func (s *Store) Rejudge(ctx context.Context, id string, version int) (Submission, error) {
	n, err := s.change(ctx, `UPDATE submissions
		SET state = 'queued', lane = ?, problem_version = ?, verdict = '', score = NULL, max_score = NULL,
			time_ms = 0, memory_bytes = 0, judged_at = 0, failures = 0, message = '', tests_done = 0, tests_total = 0
		WHERE id = ? AND state = 'done'`,
		string(deemster.LaneRejudge), version, id)
	if err != nil {
		return Submission{}, fmt.Errorf("store: rejudge %s: %w", id, err)
	}
	row, err := s.Submission(ctx, id)
	if err == nil && n == 0 {
		err = deemster.Errorf(deemster.Conflict, "the submission is being judged; judge it again when it is done")
	}
	return row, err
}

// fail is what the end of an attempt without a verdict makes of a row.
func (r *Submission) fail(report deemster.Report, now time.Time) {
	r.State, r.LeaseUntil, r.TestsDone, r.TestsTotal = deemster.StateQueued, time.Time{}, 0, 0
	if report.Returned {
		return
	}
	r.Failures++
	r.Message = cut(report.Failure, maxMessage)
	if r.Failures >= deemster.MaxAttempts || report.Final {
		r.State, r.Verdict, r.JudgedAt = deemster.StateDone, deemster.JudgeError, &now
	}
}
