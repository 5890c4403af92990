package gateway

import (
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
)

const (
	// runsKept bounds the runs that are here at one time, waiting or at work.
	runsKept = 64
	// runsOfAccount bounds those of one account.
	runsOfAccount = 2
	// runWaits is how long a run waits for an executor, and runTakes how long it may take in
	// all.
	runWaits = 30 * time.Second
	runTakes = 2 * time.Minute
	// runWatch is how often it is looked whether a run's executor is alive.
	runWatch = 2 * time.Second
)

// runs are the runs that somebody waits for at this gateway.
type runs struct {
	gateway string // names this one on the bus
	clock   func() time.Time
	// waits, takes and watch are the constants above.
	waits, takes, watch time.Duration

	mu      sync.Mutex
	pending []*pendingRun // in the order they came
}

// pendingRun is a run that somebody waits for.
type pendingRun struct {
	run      deemster.Run
	executor string    // who has it; empty while it waits
	since    time.Time // when it was claimed
	report   *deemster.RunReport
	changed  chan struct{} // holds one sign
}

func newRuns(clock func() time.Time) *runs {
	return &runs{gateway: rand.Text(), clock: clock, waits: runWaits, takes: runTakes, watch: runWatch}
}

// add takes a run, unless the account or this gateway has too many.
func (r *runs) add(run deemster.Run) (*pendingRun, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	own := 0
	for _, p := range r.pending {
		if p.run.User == run.User {
			own++
		}
	}
	if own >= runsOfAccount {
		return nil, &deemster.Error{
			Kind: deemster.Limited, RetryAfter: 2 * time.Second,
			Title: fmt.Sprintf("you have %d runs under way; wait until one ends", own),
		}
	}
	if len(r.pending) >= runsKept {
		return nil, unavailable("too many runs wait; try again later", 10*time.Second)
	}
	run.ID = rand.Text()
	p := &pendingRun{run: run, changed: make(chan struct{}, 1)}
	r.pending = append(r.pending, p)
	return p, nil
}

// remove forgets a run and tells whether an executor is at work on it.
func (r *runs) remove(p *pendingRun) (working bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pending = slices.DeleteFunc(r.pending, func(other *pendingRun) bool { return other == p })
	return p.executor != "" && p.report == nil
}

// offer is what executors are told of a run.
func (r *runs) offer(p *pendingRun) deemster.RunOffer {
	return deemster.RunOffer{ID: p.run.ID, Gateway: r.gateway, Language: p.run.Language}
}

// offers are those of all runs that wait for an executor.
func (r *runs) offers() (offers []deemster.RunOffer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.pending {
		if p.executor == "" && p.report == nil {
			offers = append(offers, r.offer(p))
		}
	}
	return offers
}

// find gives a run that is here; r.mu is held.
func (r *runs) find(id string) (*pendingRun, error) {
	for _, p := range r.pending {
		if p.run.ID == id {
			return p, nil
		}
	}
	return nil, deemster.Errorf(deemster.NotFound, "nobody waits for this run")
}

// claim gives a waiting run to an executor.
func (r *runs) claim(c deemster.RunClaim) (deemster.Run, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, err := r.find(c.ID)
	if err != nil {
		return deemster.Run{}, err
	}
	if p.executor != "" || p.report != nil {
		return deemster.Run{}, deemster.Errorf(deemster.NotFound, "another executor has this run")
	}
	p.executor, p.since = c.Executor, r.clock()
	p.sign()
	return p.run, nil
}

// report takes what an executor has to say of its run.
func (r *runs) report(report deemster.RunReport) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, err := r.find(report.ID)
	if err != nil {
		return err
	}
	if p.executor != report.Executor || p.report != nil {
		return deemster.Errorf(deemster.NotFound, "this run is another's")
	}
	p.executor = ""
	if !report.Returned {
		p.report = &report
	}
	p.sign()
	return nil
}

// state tells who has a run since when, and what came of it.
func (r *runs) state(p *pendingRun) (executor string, since time.Time, report *deemster.RunReport) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return p.executor, p.since, p.report
}

// sign tells who waits that something has changed.
func (p *pendingRun) sign() {
	select {
	case p.changed <- struct{}{}:
	default:
	}
}
