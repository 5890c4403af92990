package submission

import (
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
)

// pace knows how fast the queue moves, from the judging times of late and from what the
// executors say of themselves.
type pace struct {
	mu        sync.Mutex
	mean      time.Duration // of judging, weighted towards the latest; 0 while unknown
	executors map[string]slots
}

type slots struct {
	count int
	heard time.Time
}

const (
	// paceWeight is how much a judging time changes the mean: one part in this many.
	paceWeight = 8
	// executorGone is how long an executor counts that says nothing more.
	executorGone = 15 * time.Second
)

// measure takes the judging time of a submission.
func (p *pace) measure(took time.Duration) {
	took = max(took, time.Millisecond) // it may have started by the clock of another process
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mean == 0 {
		p.mean = took
		return
	}
	p.mean += (took - p.mean) / paceWeight
}

// hear takes what an executor says of itself.
func (p *pace) hear(e deemster.ExecutorInfo, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.executors[e.ID] = slots{count: e.Slots, heard: now}
}

// wait is how long whoever is at a position of the queue will wait, as far as it can be
// told; otherwise 0.
func (p *pace) wait(position int, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	count := 0
	for id, e := range p.executors {
		if now.Sub(e.heard) > executorGone {
			delete(p.executors, id)
			continue
		}
		count += e.count
	}
	if count == 0 {
		return 0
	}
	return p.mean * time.Duration(position) / time.Duration(count)
}
