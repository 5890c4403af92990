package bus

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/deemster-oj/deemster"
)

// Endpoint is a question that one role answers: its subject, and the types of question
// and answer.
type Endpoint[Q, A any] struct{ subject string }

// What the submission role answers.
var (
	// Accept stores a submission in one transaction and answers with it. When the
	// answer has come, the submission will be judged.
	Accept = Endpoint[deemster.NewSubmission, deemster.Submission]{"submission.accept"}
	// GetSubmission answers with all that is known of a submission, sources included.
	GetSubmission = Endpoint[ByID, deemster.Submission]{"submission.get"}
	// RejudgeSubmission queues a submission that is done again and answers with it.
	RejudgeSubmission = Endpoint[Rejudge, deemster.Submission]{"submission.rejudge"}
	// ListSubmissions answers with a page, newest first, without the details.
	ListSubmissions = Endpoint[deemster.SubmissionFilter, deemster.Page[deemster.Submission]]{"submission.list"}
	// ClaimJob gives an executor the job behind a ticket, as a new attempt.
	ClaimJob = Endpoint[deemster.Claim, deemster.Job]{"submission.claim"}
	// RenewLease keeps an attempt its executor's.
	RenewLease = Endpoint[deemster.Lease, struct{}]{"submission.lease"}
)

// What the catalog role answers.
var (
	// ListProblems answers with a page of published problems, in slug order.
	ListProblems = Endpoint[ProblemFilter, deemster.Page[deemster.ProblemSummary]]{"catalog.list"}
	// GetProblem answers with the published version of a problem.
	GetProblem = Endpoint[BySlug, deemster.Problem]{"catalog.get"}
	// GetVersion answers with what judging needs of one immutable version.
	GetVersion = Endpoint[BySlugVersion, deemster.ProblemVersion]{"catalog.version"}
	// ImportPackage reads a zipped package from the blob store and publishes it as a
	// new version of its problem.
	ImportPackage = Endpoint[PackageImport, ImportResult]{"catalog.import"}
	// GetPicture answers with the blob and content type of a picture that a statement shows.
	GetPicture = Endpoint[PictureName, Picture]{"catalog.picture"}
)

// ByID names a submission.
type ByID struct {
	ID string `json:"id"`
}

// Rejudge names a submission and the version of its problem that it is to be judged
// against now.
type Rejudge struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
}

// BySlug names a problem.
type BySlug struct {
	Slug string `json:"slug"`
}

// BySlugVersion names a version of a problem.
type BySlugVersion struct {
	Slug    string `json:"slug"`
	Version int    `json:"version"`
}

// ProblemFilter selects problems for a list.
type ProblemFilter struct {
	Text       string `json:"text,omitempty"` // somewhere in the title or slug
	Tag        string `json:"tag,omitempty"`
	Difficulty string `json:"difficulty,omitempty"`
	Cursor     string `json:"cursor,omitempty"`
	Limit      int    `json:"limit,omitempty"`
}

// PackageImport names a zipped package in the blob store. Slug may be empty: then the
// package's own name is taken.
type PackageImport struct {
	Slug    string        `json:"slug,omitempty"`
	Package deemster.Hash `json:"package"`
	By      string        `json:"by"` // handle
}

// ImportResult says what an import made.
type ImportResult struct {
	Slug     string   `json:"slug"`
	Version  int      `json:"version"`
	Warnings []string `json:"warnings"`
}

// PictureName names a file that a problem's statement shows.
type PictureName struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

// Picture is a file that a statement shows.
type Picture struct {
	Blob        deemster.Hash `json:"blob"`
	ContentType string        `json:"content_type"`
}

// requestTimeout bounds a call whose context has no deadline of its own.
const requestTimeout = 10 * time.Second

// envelope is the form of every answer: one of the two is set.
type envelope struct {
	Error  *deemster.Error `json:"error,omitempty"`
	Answer json.RawMessage `json:"answer,omitempty"`
}

// marshal writes JSON without the escapes that HTML would need: programs are full of what
// those make six times as long.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// Call asks and waits for the answer. When nobody serves the endpoint the error is
// Unavailable.
func Call[Q, A any](ctx context.Context, b *Bus, e Endpoint[Q, A], question Q) (A, error) {
	var answer A
	body, err := marshal(question)
	if err != nil {
		return answer, fmt.Errorf("bus: %s: %w", e.subject, err)
	}
	if len(body) > MaxMessage {
		return answer, deemster.Errorf(deemster.TooLarge, "the request is larger than the bus takes (%s)", deemster.Bytes(MaxMessage))
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, requestTimeout)
		defer cancel()
	}
	reply, err := b.conn.RequestWithContext(ctx, e.subject, body)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return answer, err
		}
		return answer, &deemster.Error{
			Kind: deemster.Unavailable, Title: "a part of the judge is away; try again shortly",
			RetryAfter: time.Second, Cause: fmt.Errorf("bus: %s: %w", e.subject, err),
		}
	}
	var env envelope
	if err := json.Unmarshal(reply.Data, &env); err != nil {
		return answer, fmt.Errorf("bus: %s: answer: %w", e.subject, err)
	}
	if env.Error != nil {
		return answer, env.Error
	}
	if err := json.Unmarshal(env.Answer, &answer); err != nil {
		return answer, fmt.Errorf("bus: %s: answer: %w", e.subject, err)
	}
	return answer, nil
}

// Serve answers an endpoint's questions until ctx ends, each in a goroutine of its own,
// at most parallel at a time. Processes that serve the same endpoint share the work.
// Questions that came before ctx ended are answered: see [Graceful].
// A handler's error goes back as its [deemster.PublicError]; an internal one is logged here.
func Serve[Q, A any](ctx context.Context, b *Bus, e Endpoint[Q, A], parallel int, handle func(context.Context, Q) (A, error)) error {
	slots := make(chan struct{}, parallel)
	sub, err := b.conn.QueueSubscribe(e.subject, "serve", func(m *nats.Msg) {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			answerOne(ctx, b, e, m, handle)
		}()
	})
	if err != nil {
		return fmt.Errorf("bus: serve %s: %w", e.subject, err)
	}
	answered := served(ctx)
	answered.Add(1)
	sub.SetClosedHandler(func(string) { // every question that came has a goroutine by now
		for range parallel {
			slots <- struct{}{}
		}
		answered.Done()
	})
	context.AfterFunc(ctx, func() { _ = sub.Drain() })
	return nil
}

func answerOne[Q, A any](ctx context.Context, b *Bus, e Endpoint[Q, A], m *nats.Msg, handle func(context.Context, Q) (A, error)) {
	var env envelope
	var question Q
	err := json.Unmarshal(m.Data, &question)
	if err == nil {
		// A question already accepted is answered even while the role stops.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Minute)
		defer cancel()
		var answer A
		if answer, err = handle(ctx, question); err == nil {
			env.Answer, err = marshal(answer)
		}
	}
	if err == nil && len(env.Answer) > MaxMessage-64 {
		env.Answer, err = nil, fmt.Errorf("the answer is %d bytes, more than the bus takes", len(env.Answer))
	}
	if err != nil {
		if deemster.KindOf(err) == deemster.Internal {
			b.log.Error("bus: request failed", "subject", e.subject, "err", err)
		}
		env.Error = deemster.PublicError(err)
	}
	body, err := marshal(env)
	if err == nil {
		err = m.Respond(body)
	}
	if err != nil {
		b.log.Warn("bus: answer lost", "subject", e.subject, "err", err)
	}
}
