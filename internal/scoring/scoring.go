// Package scoring makes a verdict and a score of the results of tests, by the rules of the
// ICPC problem package format, and says which tests can still make a difference.
package scoring

import "github.com/deemster-oj/deemster"

// Sheet collects the results of one submission's tests. It is not safe for use by several
// goroutines at once.
type Sheet struct {
	groups  []deemster.Group
	tests   []Test
	results []*deemster.TestResult
}

// Test is what scoring knows of a test.
type Test struct {
	Name  string // "secret/big/03"
	Group string // "secret/big"
}

// NewSheet begins a sheet for the tests of a problem, in their order. A problem without
// groups is passed or failed as a whole.
func NewSheet(groups []deemster.Group, tests []Test) *Sheet {
	return &Sheet{groups: groups, tests: tests, results: make([]*deemster.TestResult, len(tests))}
}

// Needed tells whether the result of test i can still change the outcome, by the results
// that are there. Once it cannot, it never can.
func (s *Sheet) Needed(i int) bool {
	for _, r := range s.results[:i] {
		if r != nil && r.Verdict != deemster.Accepted {
			return false
		}
	}
	return true
}

// Put adds the result of test i.
func (s *Sheet) Put(i int, r deemster.TestResult) { s.results[i] = &r }

// Outcome is what a submission gets.
type Outcome struct {
	Verdict deemster.Verdict
	// Score and MaxScore are nil when the problem is not scored.
	Score, MaxScore *float64
}

// Outcome says what the results so far come to. A test without a result does not count.
func (s *Sheet) Outcome() Outcome {
	for _, r := range s.results {
		if r != nil && r.Verdict != deemster.Accepted && r.Verdict != deemster.Skipped {
			return Outcome{Verdict: r.Verdict}
		}
	}
	return Outcome{Verdict: deemster.Accepted}
}
