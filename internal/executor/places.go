package executor

import (
	"context"
	"slices"
	"sync"
)

// places are where an executor works, as many as it has slots. A submission keeps its
// place until it is judged. A run has one only for as long as no submission wants it: the
// latest run makes room first.
type places struct {
	freed chan struct{} // holds one sign
	wake  func()        // who waits for work

	mu      sync.Mutex
	free    int
	runs    []*place // at work, and not asked to make room
	spares  int      // lent to submissions for one test
	waiting int      // submissions that wait for a place
}

// place is where a run is.
type place struct{ displace context.CancelCauseFunc }

func newPlaces(n int, wake func()) *places {
	return &places{freed: make(chan struct{}, 1), wake: wake, free: n}
}

// await waits until a submission could have a place. It is false when ctx has ended.
func (p *places) await(ctx context.Context) bool {
	for {
		p.mu.Lock()
		open := p.free > 0 || len(p.runs) > 0 || p.spares > 0
		p.mu.Unlock()
		if open || ctx.Err() != nil {
			return ctx.Err() == nil
		}
		select {
		case <-p.freed:
		case <-ctx.Done():
		}
	}
}

// take takes a place for a submission. When none is free a run makes room, and it waits
// until the run is gone, or until a spare place is given back, which is after one test.
func (p *places) take() {
	p.mu.Lock()
	if p.free == 0 && len(p.runs) > 0 {
		last := len(p.runs) - 1
		p.runs[last].displace(errDisplaced)
		p.runs = p.runs[:last]
	}
	p.waiting++
	for p.free == 0 {
		p.mu.Unlock()
		<-p.freed
		p.mu.Lock()
	}
	p.waiting--
	p.free--
	p.mu.Unlock()
}

// takeForRun takes a free place for a run, if there is one; displace is called when a
// submission wants it.
func (p *places) takeForRun(displace context.CancelCauseFunc) (*place, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free == 0 {
		return nil, false
	}
	p.free--
	run := &place{displace}
	p.runs = append(p.runs, run)
	return run, true
}

// spare takes a free place, if there is one, for a test that is run beside another of its
// submission. It is the [judge.Task]'s Spare.
func (p *places) spare() (release func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free == 0 || p.waiting > 0 {
		return nil, false
	}
	p.free--
	p.spares++
	return func() {
		p.mu.Lock()
		p.spares--
		p.mu.Unlock()
		p.giveBack(nil)
	}, true
}

// giveBack gives a place back; run is nil when it was a submission's.
func (p *places) giveBack(run *place) {
	p.mu.Lock()
	p.free++
	p.runs = slices.DeleteFunc(p.runs, func(other *place) bool { return other == run })
	p.mu.Unlock()
	select {
	case p.freed <- struct{}{}:
	default:
	}
	p.wake()
}
