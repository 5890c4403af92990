package submission

import (
	"sync"

	"github.com/deemster-oj/deemster"
)

// maxLive bounds the submissions whose progress is remembered; there are never more
// judged at one time than all executors have slots.
const maxLive = 10_000

// live remembers how far the submissions are that are judged just now. It is filled by
// events, which may be lost, and is shown to people only.
type live struct {
	mu   sync.Mutex
	seen map[string]deemster.Progress // by submission
}

// hear takes an event.
func (l *live) hear(e deemster.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.Done || e.Progress == nil || e.Progress.State != deemster.StateJudging {
		delete(l.seen, e.Submission)
		return
	}
	was, known := l.seen[e.Submission]
	if known && was.Attempt > e.Progress.Attempt {
		return // from an executor that has lost it
	}
	if !known && len(l.seen) >= maxLive {
		for any := range l.seen { // most likely one whose end was not heard
			delete(l.seen, any)
			break
		}
	}
	p := *e.Progress
	p.Last = nil
	l.seen[e.Submission] = p
}

// of tells how far a submission is, if that was heard.
func (l *live) of(submission string) (deemster.Progress, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.seen[submission]
	return p, ok
}
