package judge

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/scoring"
)

// worthSparing is how long the tests that are left must take so that it pays to run some
// of them beside the others: boxes have to be had and the program put into them.
const worthSparing = 20 * time.Millisecond

// errUnneeded ends the run of a test that can make no difference any more.
var errUnneeded = errors.New("judge: an earlier test has decided")

// round is one going through all tests. Whoever has a bench takes the next test that
// nobody has begun. Results count in the order of the tests, whatever came first, so that
// what is said does not depend on how many ran side by side.
type round struct {
	j    *judgement
	stop context.CancelCauseFunc

	mu      sync.Mutex
	next    int                        // the first test that nobody has begun
	counted int                        // the tests before it have a result
	results []deemster.TestResult      // of those
	trials  []*trial                   // that have ended
	running map[int]context.CancelFunc // what ends the run of a test
	fault   string                     // of the problem's own program; nothing counts after it
	failed  int                        // the first test that is known to have failed
	longest time.Duration              // a test has taken
	err     error
	beside  sync.WaitGroup
}

// runTests runs the tests and makes the result of them.
func (j *judgement) runTests(ctx context.Context) (Result, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	n := len(j.Tests)
	r := &round{
		j: j, stop: stop, failed: n,
		results: make([]deemster.TestResult, n), trials: make([]*trial, n), running: map[int]context.CancelFunc{},
	}
	known := make([]scoring.Test, n)
	for i, t := range j.Tests {
		known[i] = scoring.Test{Name: t.Name, Group: t.Group}
	}
	j.sheet = scoring.NewSheet(j.Groups, known)
	r.fail(r.work(ctx, func() bool { return true }))
	r.beside.Wait()
	if r.err != nil {
		return Result{}, r.err
	}
	return r.result(), nil
}

// work runs tests on a bench of its own, as long as there are any and it may go on.
func (r *round) work(ctx context.Context, goOn func() bool) (err error) {
	b, err := r.j.newBench(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	for goOn() {
		i, running := r.begin(ctx)
		if running == nil {
			return nil
		}
		began := time.Now()
		t, err := r.j.test(running, b, i)
		if err != nil && errors.Is(context.Cause(running), errUnneeded) {
			t, err = trial{}, nil
		}
		if err != nil {
			return fmt.Errorf("judge: test %s: %w", r.j.Tests[i].Name, err)
		}
		r.end(i, t, time.Since(began))
	}
	return nil
}

// begin gives the next test that is needed and the context of its run; nil when there is
// none.
func (r *round) begin(ctx context.Context) (int, context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.next < len(r.results) && !r.wanted(r.next) {
		r.next++
	}
	r.count()
	if r.next == len(r.results) || r.err != nil {
		return 0, nil
	}
	i := r.next
	r.next++
	if r.j.Spare != nil {
		r.askForHelp(ctx)
		var cancel context.CancelCauseFunc
		ctx, cancel = context.WithCancelCause(ctx)
		r.running[i] = func() { cancel(errUnneeded) }
	}
	return i, ctx
}

// wanted tells whether a test is to be run, by what is known so far.
func (r *round) wanted(i int) bool {
	if !r.j.All && len(r.j.Groups) == 0 && i > r.failed {
		return false
	}
	return r.needed(i)
}

// needed tells whether the result of a test counts, by the results before it.
func (r *round) needed(i int) bool {
	return r.fault == "" && (r.j.All || r.j.sheet.Needed(i))
}

// end takes the result of a test.
func (r *round) end(i int, t trial, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel := r.running[i]; cancel != nil {
		cancel()
		delete(r.running, i)
	}
	r.trials[i] = &t
	if t.Verdict != deemster.Accepted {
		r.failed = min(r.failed, i)
	}
	r.longest = max(r.longest, took)
	r.count()
	for other, cancel := range r.running {
		if !r.wanted(other) {
			cancel()
		}
	}
}

// count makes results of the trials, in order, as far as there are any.
func (r *round) count() {
	for ; r.counted < len(r.results); r.counted++ {
		i, test := r.counted, r.j.Tests[r.counted]
		if !r.needed(i) {
			r.results[i] = deemster.TestResult{Name: test.Name, Group: test.Group, Verdict: deemster.Skipped}
			continue
		}
		t := r.trials[i]
		if t == nil {
			return
		}
		r.award(i, t)
		r.results[i] = t.TestResult
		if t.Verdict == deemster.JudgeError {
			r.fault = fmt.Sprintf("Test %s: %s", test.Name, t.Message)
		}
		r.j.sheet.Put(i, t.TestResult)
		r.j.observe("running", i+1, &r.results[i])
	}
}

// award gives a test the points that the validator has said.
func (r *round) award(i int, t *trial) {
	if t.Verdict != deemster.Accepted || len(r.j.Groups) == 0 {
		return
	}
	score, err := r.j.sheet.Award(i, t.points, t.part)
	if err != nil {
		t.Verdict, t.Message = deemster.JudgeError, deemster.PublicError(err).Title+"."
		return
	}
	t.Score = score
}

// fail ends everything with the first error.
func (r *round) fail(err error) {
	if err == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
	r.stop(r.err)
}

// askForHelp begins a second worker, or one more, where there is a slot for it and enough
// to do.
func (r *round) askForHelp(ctx context.Context) {
	left := len(r.results) - r.next
	if time.Duration(left)*r.longest < worthSparing {
		return
	}
	release, ok := r.j.Spare()
	if !ok {
		return
	}
	r.beside.Go(func() {
		defer func() {
			if p := recover(); p != nil { // whoever called us cannot, on this goroutine
				r.fail(fmt.Errorf("judge: panic: %v\n%s", p, debug.Stack()))
			}
		}()
		r.fail(r.help(ctx, release))
	})
}

// help works in a slot that somebody else may want: between two tests it gives it back
// and asks again.
func (r *round) help(ctx context.Context, release func()) error {
	defer func() { release() }()
	first := true
	return r.work(ctx, func() bool {
		if first {
			first = false
			return true
		}
		release()
		again, ok := r.j.Spare()
		if !ok {
			again = func() {}
		}
		release = again
		return ok
	})
}

// result is what has been found when all tests have been counted.
func (r *round) result() Result {
	o := r.j.sheet.Outcome()
	result := Result{Verdict: o.Verdict, Score: o.Score, MaxScore: o.MaxScore, Message: o.Message, Tests: r.results}
	for _, t := range r.results {
		result.TimeMS = max(result.TimeMS, t.TimeMS)
		result.Memory = max(result.Memory, t.Memory)
	}
	if r.fault != "" {
		result.Verdict, result.Message, result.Score, result.MaxScore = deemster.JudgeError, r.fault, nil, nil
	}
	return result
}
