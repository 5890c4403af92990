// Package scoring makes a verdict and a score of the results of tests, by the rules of the
// ICPC problem package format, and says which tests can still make a difference.
//
// A problem without groups is passed or failed as a whole. A scored problem has a tree of
// groups with tests in them. In the words of the format's version 2025-09, a group adds up
// what is in it, counts the smallest, or is worth all or nothing; in those of the legacy
// version, which the same tree serves, it also says when it is accepted at all and whether
// its judging ends at the first failure. Samples are judged and have no points.
//
// What a sheet says depends on the results alone and not on the order in which they came,
// so that tests may be run side by side.
package scoring

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/deemster-oj/deemster"
)

// Sheet collects the results of one submission's tests. It is not safe for use by several
// goroutines at once.
type Sheet struct {
	tests   []Test
	results []*deemster.TestResult
	groups  map[string]*group
	of      []*group // of each test
	top     *group   // whose score is the submission's; nil when the problem is not scored
}

// Test is what scoring knows of a test.
type Test struct {
	Name  string // "secret/big/03"
	Group string // "secret/big"
}

// NewSheet begins a sheet for the tests of a problem, in their order. A problem without
// groups is passed or failed as a whole.
func NewSheet(groups []deemster.Group, tests []Test) *Sheet {
	s := &Sheet{tests: tests, results: make([]*deemster.TestResult, len(tests))}
	s.plant(groups)
	return s
}

// Needed tells whether the result of test i can still change the outcome, by the results
// of the tests before it that are there. Once it cannot, it never can.
func (s *Sheet) Needed(i int) bool {
	for g := s.of[i]; g != nil; g = g.parent {
		if s.ended(g, i) {
			return false
		}
	}
	return true
}

// Put adds the result of test i.
func (s *Sheet) Put(i int, r deemster.TestResult) { s.results[i] = &r }

// Worth is the most that test i can be given, or not bounded. A test without points, a
// sample or one of a group that is worth all or nothing, is worth 0.
func (s *Sheet) Worth(i int) (most float64, bounded bool) { return s.of[i].worth() }

// Award is the score of test i when the validator has accepted it and given a score or a
// multiplier, of which nil was not given. A nil award is all that the test is worth. The
// error says what of it breaks the rules of the format; it is the validator's mistake.
func (s *Sheet) Award(i int, score, multiplier *float64) (*float64, error) {
	g := s.of[i]
	most, bounded := g.worth()
	switch {
	case !g.inTop(s.top):
		return nil, nil // whatever a validator says of a sample is no mistake
	case score != nil && multiplier != nil:
		return nil, deemster.Errorf(deemster.Invalid, "the validator gives a score and a multiplier; it may give one")
	case g.Aggregate == deemster.AggregatePassFail && (score != nil || multiplier != nil):
		return nil, deemster.Errorf(deemster.Invalid, "the validator gives a score, and group %s is worth all or nothing", g.Name)
	case score == nil && multiplier == nil && !bounded:
		return nil, deemster.Errorf(deemster.Invalid, "the validator gives no score, and group %s has no highest one", g.Name)
	case score == nil && multiplier == nil:
		return nil, nil
	case multiplier != nil && !bounded:
		return nil, deemster.Errorf(deemster.Invalid, "the validator gives a multiplier, and group %s has no highest score", g.Name)
	case multiplier != nil && !(*multiplier >= 0 && *multiplier <= 1):
		return nil, deemster.Errorf(deemster.Invalid, "the validator's multiplier is %v, not from 0 to 1", *multiplier)
	case multiplier != nil:
		award := round(*multiplier * most)
		return &award, nil
	case !(*score >= 0) || math.IsInf(*score, 0):
		return nil, deemster.Errorf(deemster.Invalid, "the validator's score is %v, not a number from 0", *score)
	case bounded && g.TestScore == nil && *score > most+precision:
		return nil, deemster.Errorf(deemster.Invalid, "the validator's score is %v, and the test is worth %v", *score, most)
	}
	return score, nil
}

// Outcome is what a submission gets.
type Outcome struct {
	// Verdict is AC when every test was accepted, else that of the first that was not. Of
	// a scored problem it says nothing of the points.
	Verdict deemster.Verdict
	// Score and MaxScore are nil when the problem is not scored; MaxScore also when there
	// is no highest score.
	Score, MaxScore *float64
	// Message says why the verdict is JE: the points are more than the problem has.
	Message string
}

// Outcome says what the results so far come to. A test without a result has no points.
func (s *Sheet) Outcome() Outcome {
	o := Outcome{Verdict: deemster.Accepted}
	for _, r := range s.results {
		if r != nil && r.Verdict != deemster.Accepted && r.Verdict != deemster.Skipped {
			o.Verdict = r.Verdict
			break
		}
	}
	if s.top == nil {
		return o
	}
	score := round(s.score(s.top))
	o.Score, o.MaxScore = &score, s.top.MaxScore
	for _, name := range slices.Sorted(maps.Keys(s.groups)) {
		g := s.groups[name]
		if points := s.score(g); g.MaxScore != nil && points > *g.MaxScore+precision {
			return Outcome{Verdict: deemster.JudgeError, Message: fmt.Sprintf("group %s has %v points, and is worth %v", g.Name, points, *g.MaxScore)}
		}
	}
	return o
}

// Score is what the results so far come to in a group; nil when there is no such group.
func (s *Sheet) Score(name string) *float64 {
	g := s.groups[name]
	if g == nil {
		return nil
	}
	score := round(s.score(g))
	return &score
}

// precision is where the sum of parts of a whole is no longer told from the whole.
const precision = 1e-9

// round makes the decimal of points that was meant: of 0.1 + 0.2, 0.3.
func round(points float64) float64 {
	if rounded := math.Round(points/precision) / (1 / precision); math.Abs(rounded-points) <= precision {
		return rounded
	}
	return points
}
