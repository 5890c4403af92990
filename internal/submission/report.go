package submission

import (
	"context"
	"errors"
	"fmt"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/document"
)

// record takes the report of an executor. It may come late, twice, or after that of the
// next attempt. On an error the report comes again.
func (s *Service) record(ctx context.Context, r deemster.Report) error {
	row, err := s.Store.Submission(ctx, r.Submission)
	if deemster.KindOf(err) == deemster.NotFound {
		s.Log.Warn("submission: a report of nothing we know; dropped", "submission", r.Submission, "executor", r.Executor)
		return nil
	}
	if err != nil {
		return err
	}
	if row.State != deemster.StateJudging || row.Attempt != r.Attempt {
		s.Log.Info("submission: a report of an attempt that has ended; dropped",
			"submission", r.Submission, "attempt", r.Attempt, "executor", r.Executor)
		if row.State == deemster.StateDone { // perhaps it was our crash that kept the news back
			s.Bus.Publish(deemster.Event{Submission: row.ID, User: row.User, Done: true})
		}
		return nil
	}
	// The document goes first, so that whoever finds the row done finds it. If it is there
	// already, this report was recorded half before.
	err = s.Documents.Insert(ctx, document.Reports, reportID(r.Submission, r.Attempt), r)
	if err != nil && !errors.Is(err, document.ErrConflict) {
		return err
	}
	return s.end(ctx, r)
}

// reportID names the document of an attempt's report.
func reportID(submission string, attempt int) string {
	return fmt.Sprintf("%s/%d", submission, attempt)
}

// lost is what ends an attempt whose executor is not heard of any more. It has no
// document: should the executor's own report still come first, that one is kept.
func lost(submission string, attempt int, executor string) deemster.Report {
	return deemster.Report{
		Submission: submission, Attempt: attempt, Executor: executor,
		Failure: fmt.Sprintf("executor %s was not heard of for %s", executor, deemster.LeaseTime),
	}
}

// end ends the attempt of a report, if it is the present one, and does what follows.
func (s *Service) end(ctx context.Context, r deemster.Report) error {
	if r.Failure == "" && !r.Returned && (!r.Verdict.Valid() || r.Verdict == deemster.JudgeError) {
		r.Failure = fmt.Sprintf("executor %s reported the verdict %q", r.Executor, r.Verdict)
	}
	if r.Failure == "" && !r.Returned {
		return s.finish(ctx, r)
	}
	row, counted, err := s.Store.Requeue(ctx, r, s.Clock())
	if err != nil || !counted {
		return err
	}
	log := s.Log.With("submission", row.ID, "attempt", r.Attempt, "executor", r.Executor)
	switch {
	case row.State == deemster.StateDone:
		log.Error("submission: judge error", "failures", row.Failures, "cause", row.Message)
		s.Bus.Publish(deemster.Event{Submission: row.ID, User: row.User, Done: true})
		return nil
	case r.Returned:
		log.Info("submission: handed back; queued again")
	default:
		log.Warn("submission: attempt failed; queued again", "failures", row.Failures, "cause", row.Message)
	}
	s.publish(ctx, row)
	s.Bus.Publish(deemster.Event{Submission: row.ID, User: row.User, Progress: &deemster.Progress{
		Submission: row.ID, Attempt: row.Attempt, State: row.State,
	}})
	return nil
}

// finish writes the verdict and tells it.
func (s *Service) finish(ctx context.Context, r deemster.Report) error {
	now := s.Clock()
	counted, err := s.Store.Finish(ctx, r, now)
	if err != nil || !counted {
		return err
	}
	row, err := s.Store.Submission(ctx, r.Submission)
	if err != nil {
		return err // it comes again, finds the attempt ended, and only the event is late
	}
	s.pace.measure(now.Sub(row.StartedAt))
	s.Log.Info("submission: judged", "submission", row.ID, "attempt", row.Attempt, "verdict", row.Verdict, "executor", r.Executor)
	s.Bus.Publish(deemster.Event{Submission: row.ID, User: row.User, Done: true})
	return nil
}
