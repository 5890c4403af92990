package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/deemster-oj/deemster"
)

// Submission is a row: a submission without its sources and report, and what only the
// submission role needs to know.
type Submission struct {
	deemster.Submission // Message is why the last attempt failed, whatever came of it
	UserID              string
	Lane                deemster.Lane
	Failures            int       // attempts that failed and count towards MaxAttempts
	Executor            string    // of the present or last attempt
	StartedAt           time.Time // of the present or last attempt
	LeaseUntil          time.Time // while judging
}

// Lapsed reports whether the row is being judged by an executor that has not been heard
// of within its lease.
func (r *Submission) Lapsed(now time.Time) bool {
	return r.State == deemster.StateJudging && !r.LeaseUntil.After(now)
}

const submissionColumns = `id, user_id, handle, problem, problem_version, language, lane, state, verdict,
	score, max_score, time_ms, memory_bytes, attempt, failures, executor, lease_until,
	created_at, started_at, judged_at, message, tests_done, tests_total`

// submissionFields is where submissionColumns are scanned to.
func submissionFields(r *Submission) []any {
	return []any{
		&r.ID, &r.UserID, &r.User, &r.Problem, &r.ProblemVersion, &r.Language, &r.Lane, &r.State, &r.Verdict,
		&r.Score, &r.MaxScore, &r.TimeMS, &r.Memory, &r.Attempt, &r.Failures, &r.Executor, into(&r.LeaseUntil),
		into(&r.CreatedAt), into(&r.StartedAt), intoOptional(&r.JudgedAt), &r.Message, &r.TestsDone, &r.TestsTotal,
	}
}

// AddSubmission stores a new submission, queued, with its sources, and answers with it.
// When this user has used the idempotency key before, it answers with the earlier
// submission and fresh is false; if what was handed in then was another, with a Conflict.
func (s *Store) AddSubmission(ctx context.Context, n deemster.NewSubmission, now time.Time) (row Submission, fresh bool, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Submission{}, false, fmt.Errorf("store: add submission: %w", err)
	}
	row = Submission{
		Submission: deemster.Submission{
			ID: id.String(), Problem: n.Problem, ProblemVersion: n.ProblemVersion, User: n.User,
			Language: n.Language, State: deemster.StateQueued, CreatedAt: now.UTC().Truncate(time.Microsecond),
		},
		UserID: n.UserID, Lane: n.Lane,
	}
	files, err := json.Marshal(n.Files)
	if err != nil {
		return Submission{}, false, fmt.Errorf("store: add submission: %w", err)
	}
	body := bodyHash(n, files)
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO submissions ( `+submissionColumns+`, idempotency_key, body_hash)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', NULL, NULL, 0, 0, 0, 0, '', 0, ?, 0, 0, '', 0, 0, ?, ?)`,
			row.ID, row.UserID, row.User, row.Problem, row.ProblemVersion, row.Language, string(row.Lane),
			string(row.State), micros(row.CreatedAt), keyHash(n.IdempotencyKey), body)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO sources (submission_id, files) VALUES (?, ?)", row.ID, files)
		return err
	})
	if column, _ := s.duplicate(err); column == "idempotency_key" {
		row, err = s.earlier(ctx, n, body)
		return row, false, err
	}
	if err != nil {
		return Submission{}, false, fmt.Errorf("store: add submission: %w", err)
	}
	return row, true, nil
}

// earlier finds the submission that was handed in with the same idempotency key.
func (s *Store) earlier(ctx context.Context, n deemster.NewSubmission, body string) (Submission, error) {
	var row Submission
	var was string
	err := s.read.QueryRowContext(ctx, "SELECT "+submissionColumns+`, body_hash FROM submissions
		WHERE user_id = ? AND idempotency_key = ?`, n.UserID, keyHash(n.IdempotencyKey)).
		Scan(append(submissionFields(&row), &was)...)
	if err != nil {
		return Submission{}, fmt.Errorf("store: earlier submission: %w", err)
	}
	if was != body {
		return Submission{}, &deemster.Error{
			Kind: deemster.Conflict, Field: "Idempotency-Key",
			Title: "this key was used for another submission; use a new key for each",
		}
	}
	return row, nil
}

// bodyHash tells whether the same was handed in: what the client wrote, and not what
// the judge added, such as the version that the problem has by now.
func bodyHash(n deemster.NewSubmission, files []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %s", n.Problem, n.Language, files)
	return hex.EncodeToString(h.Sum(nil))
}

// keyHash makes keys of any length and alphabet fit; no key is NULL, of which a unique
// index takes many.
func keyHash(key string) any {
	if key == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// Submission finds a row; NotFound when there is none.
func (s *Store) Submission(ctx context.Context, id string) (Submission, error) {
	var row Submission
	err := s.read.QueryRowContext(ctx, "SELECT "+submissionColumns+" FROM submissions WHERE id = ?", id).
		Scan(submissionFields(&row)...)
	if err != nil {
		return Submission{}, fmt.Errorf("store: submission: %w", absent(err, "submission"))
	}
	return row, nil
}

// Sources finds the files of a submission; NotFound when there is none.
func (s *Store) Sources(ctx context.Context, id string) ([]deemster.File, error) {
	var body []byte
	if err := s.read.QueryRowContext(ctx, "SELECT files FROM sources WHERE submission_id = ?", id).Scan(&body); err != nil {
		return nil, fmt.Errorf("store: sources: %w", absent(err, "submission"))
	}
	var files []deemster.File
	if err := json.Unmarshal(body, &files); err != nil {
		return nil, fmt.Errorf("store: sources of %s: %w", id, err)
	}
	return files, nil
}

// Page sizes of lists.
const (
	defaultPage = 50
	maxPage     = 200
)

// Submissions finds a page of rows, newest first. A limit of 0 is 50, and no page is
// longer than 200. A cursor that we have not made is Invalid.
func (s *Store) Submissions(ctx context.Context, f deemster.SubmissionFilter) (deemster.Page[Submission], error) {
	var page deemster.Page[Submission]
	limit := f.Limit
	if limit <= 0 {
		limit = defaultPage
	}
	limit = min(limit, maxPage)
	where, args, err := conditions(f)
	if err != nil {
		return page, err
	}
	rows, err := collect(ctx, s, submissionFields, "SELECT "+submissionColumns+" FROM submissions "+where+
		" ORDER BY id DESC LIMIT ?", append(args, limit+1)...)
	if err != nil {
		return page, fmt.Errorf("store: submissions: %w", err)
	}
	if len(rows) > limit { // one more than asked for says that there is another page
		rows = rows[:limit]
		page.NextCursor = cursorAfter(rows[limit-1].ID)
	}
	page.Items = rows
	return page, nil
}

// conditions makes the WHERE of a filter.
func conditions(f deemster.SubmissionFilter) (where string, args []any, err error) {
	var terms []string
	add := func(term string, value string) {
		terms, args = append(terms, term), append(args, value)
	}
	if f.User != "" {
		add("handle = ?", f.User)
	}
	if f.Problem != "" {
		add("problem = ?", f.Problem)
	}
	if f.Verdict != "" {
		add("verdict = ?", string(f.Verdict))
	}
	if f.Language != "" {
		add("language = ?", f.Language)
	}
	if f.Cursor != "" {
		before, err := idOfCursor(f.Cursor)
		if err != nil {
			return "", nil, err
		}
		add("id < ?", before)
	}
	if len(terms) == 0 {
		return "", nil, nil
	}
	return "WHERE " + strings.Join(terms, " AND "), args, nil
}

// cursorAfter makes the cursor of the page that follows a row: its id's bytes.
func cursorAfter(id string) string {
	u := uuid.MustParse(id)
	return base64.RawURLEncoding.EncodeToString(u[:])
}

func idOfCursor(cursor string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		var u uuid.UUID
		if u, err = uuid.FromBytes(raw); err == nil {
			return u.String(), nil
		}
	}
	e := deemster.FieldErrorf("cursor", "this is not a cursor of this list; start without one")
	e.Cause = err
	return "", e
}
