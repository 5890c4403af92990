package submission

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store"
)

// get answers [bus.GetSubmission] with everything known; what a viewer may see of it is
// the gateway's business.
func (s *Service) get(ctx context.Context, q bus.ByID) (deemster.Submission, error) {
	row, err := s.Store.Submission(ctx, q.ID)
	if err != nil {
		return deemster.Submission{}, err
	}
	answer := s.summary(ctx, row)
	if answer.Files, err = s.Store.Sources(ctx, row.ID); err != nil {
		return deemster.Submission{}, err
	}
	if row.State == deemster.StateDone {
		if err := s.addReport(ctx, &answer); err != nil {
			return deemster.Submission{}, err
		}
	}
	return answer, fit(&answer)
}

// list answers [bus.ListSubmissions].
func (s *Service) list(ctx context.Context, f deemster.SubmissionFilter) (deemster.Page[deemster.Submission], error) {
	rows, err := s.Store.Submissions(ctx, f)
	if err != nil {
		return deemster.Page[deemster.Submission]{}, err
	}
	page := deemster.Page[deemster.Submission]{Items: make([]deemster.Submission, len(rows.Items)), NextCursor: rows.NextCursor}
	for i, row := range rows.Items {
		page.Items[i] = s.present(row)
		page.Items[i].Message = ""
	}
	return page, nil
}

// present is a row as people see it, with the progress that was heard of.
func (s *Service) present(row store.Submission) deemster.Submission {
	answer := row.Submission
	if row.Verdict != deemster.JudgeError {
		answer.Message = "" // of a failure that another attempt may make good, or has
	}
	if row.State == deemster.StateJudging {
		if p, ok := s.live.of(row.ID); ok && p.Attempt == row.Attempt {
			answer.TestsDone, answer.TestsTotal = p.TestsDone, p.TestsTotal
		}
	}
	return answer
}

// summary is a row as people see it, with its place in the queue.
func (s *Service) summary(ctx context.Context, row store.Submission) deemster.Submission {
	answer := s.present(row)
	if row.State != deemster.StateQueued {
		return answer
	}
	position, err := s.Store.Position(ctx, row.Lane, row.ID)
	if err != nil { // the rest of the answer matters more
		s.Log.Warn("submission: position not found", "submission", row.ID, "err", err)
		return answer
	}
	answer.Queue = &deemster.QueuePosition{
		Lane: row.Lane, Position: position, ETAMS: s.pace.wait(position, s.Clock()).Milliseconds(),
	}
	return answer
}

// addReport adds what the report of the attempt that counted says.
func (s *Service) addReport(ctx context.Context, answer *deemster.Submission) error {
	var r deemster.Report
	_, err := s.Documents.Get(ctx, document.Reports, reportID(answer.ID, answer.Attempt), &r)
	if errors.Is(err, document.ErrNotFound) && answer.Verdict == deemster.JudgeError {
		return nil // its executor was lost
	}
	if errors.Is(err, document.ErrNotFound) {
		s.Log.Error("submission: the report is not among the documents", "submission", answer.ID, "attempt", answer.Attempt)
		return nil // the verdict stands without it
	}
	if err != nil {
		return err
	}
	answer.CompileLog, answer.Tests = r.CompileLog, r.Tests
	if r.Provenance != (deemster.Provenance{}) {
		answer.Provenance = &r.Provenance
	}
	return nil
}

// maxAnswer is how long an answer may be as JSON, in bytes; the rest is for its envelope.
const maxAnswer = bus.MaxMessage - 4<<10

// fit leaves out of an answer what the bus does not take: a report and sources together
// may be longer than a report alone. Verdicts, measures and sources are never left out.
func fit(answer *deemster.Submission) error {
	for _, leaveOut := range []func(){
		func() {},
		func() {
			for i := range answer.Tests {
				answer.Tests[i].Feedback = ""
			}
		},
		func() { answer.CompileLog = "(left out: the answer would be too long)" },
	} {
		leaveOut()
		body, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("submission: answer: %w", err)
		}
		if len(body) <= maxAnswer {
			return nil
		}
	}
	return fmt.Errorf("submission: the answer about %s is longer than %d bytes with everything left out", answer.ID, maxAnswer)
}
