package executor

import (
	"time"

	"golang.org/x/time/rate"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// A judgement's first progressBurst events all go out; after them one every
// progressPause. So a few tests are shown one by one, and thousands do not flood the bus.
const (
	progressBurst = 64
	progressPause = 50 * time.Millisecond
)

// progress publishes how far a job is. It is used by one goroutine.
type progress struct {
	bus   *bus.Bus
	job   deemster.Job
	total int
	limit *rate.Limiter
}

func newProgress(b *bus.Bus, job deemster.Job, total int) *progress {
	return &progress{
		bus: b, job: job, total: total,
		limit: rate.NewLimiter(rate.Every(progressPause), progressBurst),
	}
}

// observe is the judgement's [judge.Observer]. The start of a stage and the last test
// are always told.
func (p *progress) observe(stage string, done int, last *deemster.TestResult) {
	if !p.limit.Allow() && last != nil && done < p.total {
		return
	}
	if last != nil {
		shown := *last
		shown.Feedback = ""
		last = &shown
	}
	p.bus.Publish(deemster.Event{
		Submission: p.job.Submission,
		User:       p.job.User,
		Progress: &deemster.Progress{
			Submission: p.job.Submission, Attempt: p.job.Attempt, State: deemster.StateJudging,
			Stage: stage, TestsDone: done, TestsTotal: p.total, Last: last,
		},
	})
}
