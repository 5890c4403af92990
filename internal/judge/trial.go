package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
)

// maxTrials is how often a program is run on a test at most, when it is near the limit.
const maxTrials = 3

// nearLimit is how much time a program gets so that it can be seen whether it is near the
// limit: one that needs more is not run again.
func nearLimit(limit time.Duration) time.Duration { return limit + limit/10 }

// trial is what came of one going at a test.
type trial struct {
	deemster.TestResult
	cpu          time.Duration // of the worst pass
	points, part *float64      // that the validator gave; see scoring.Sheet.Award
}

// testcase is a test with its files open.
type testcase struct {
	Test
	input, answer *os.File
}

// test runs a test. Processor time varies from run to run by some per cent, and a program
// that needs about as much as is allowed should not fail by bad luck: it is run again, and
// the smallest time counts.
func (j *judgement) test(ctx context.Context, b *bench, i int) (trial, error) {
	t, err := j.try(ctx, b, j.Tests[i])
	if err != nil || !j.near(t) {
		return t, err
	}
	times := []string{milliseconds(t.cpu)}
	for len(times) < maxTrials && j.near(t) {
		again, err := j.try(ctx, b, j.Tests[i])
		if err != nil {
			return t, err
		}
		times = append(times, milliseconds(again.cpu))
		if again.cpu < t.cpu || again.Verdict == deemster.JudgeError {
			t = again
		}
	}
	note := fmt.Sprintf("Run %d times, near the time limit: %s ms. The smallest counts.", len(times), strings.Join(times, ", "))
	t.Feedback = strings.TrimSuffix(note+"\n"+t.Feedback, "\n")
	t.Feedback = clipped([]byte(t.Feedback))
	return t, nil
}

// near tells whether a trial has failed by a processor time that is only just too much.
func (j *judgement) near(t trial) bool {
	limit := j.program.Limits.CPU
	return t.Verdict == deemster.TimeLimitExceeded && t.cpu > limit && t.cpu <= nearLimit(limit)
}

func milliseconds(d time.Duration) string {
	return fmt.Sprint(d.Round(time.Millisecond).Milliseconds())
}

// try goes at a test once.
func (j *judgement) try(ctx context.Context, b *bench, test Test) (_ trial, err error) {
	c := testcase{Test: test}
	if c.input, err = test.Input(ctx); err != nil {
		return trial{}, fmt.Errorf("open the input: %w", err)
	}
	defer func() { err = errors.Join(err, c.input.Close()) }()
	if c.answer, err = test.Answer(ctx); err != nil {
		return trial{}, fmt.Errorf("open the answer: %w", err)
	}
	defer func() { err = errors.Join(err, c.answer.Close()) }()
	t := trial{TestResult: deemster.TestResult{Name: test.Name, Group: test.Group}}
	switch {
	case j.Mode.SubmitAnswer:
		err = j.answer(ctx, b, c, &t)
	case j.Mode.Passes > 1:
		err = j.passes(ctx, b, c, &t)
	default:
		_, err = j.pass(ctx, b, c, nil, &t)
	}
	return t, err
}

// flags are how this test's output is compared.
func (j *judgement) flags(c testcase) deemster.Checker {
	if c.Checker != nil {
		return *c.Checker
	}
	return j.Checker
}
