package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/scoring"
)

// patience is the time limit under which submissions run that a limit is worked out of.
const patience = 20 * time.Second

// workOutLimit finds a time limit for a package that has none: by the package's
// multipliers from what its submissions take that have to fit into it.
func (v *verifier) workOutLimit(ctx context.Context) error {
	if v.pack.Limits.CPU > 0 || v.command.TimeLimit > 0 {
		return nil
	}
	task := v.task
	task.Limits.CPU, task.Limits.Wall = patience, deemster.WallFor(patience)
	task.All = true
	v.measured = make(map[string]judge.Result)
	for i, s := range v.pack.Submissions {
		if !slices.ContainsFunc(s.Rules, func(r pack.Rule) bool { return r.Bound == pack.Lower }) {
			continue
		}
		v.show.show("measuring %s", s.Path)
		result, err := v.judge(ctx, task, v.languages[i], s)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil { // else it is told when it is judged
			v.measured[s.Path] = result
			v.bound(s, v.languages[i], result)
		}
	}
	if v.slowest == 0 {
		v.find(pack.Error, "time limit", "cannot be worked out: there is no accepted submission to measure")
		return nil
	}
	limit := v.pack.Timing.Limit(v.slowest)
	v.task.Limits.CPU, v.task.Limits.Wall = limit, deemster.WallFor(limit)
	v.TimeLimitMS = limit.Milliseconds()
	v.find(pack.Warning, "time limit", "%v is worked out of %s, which takes %v; say so in problem.yaml to keep it", limit, v.slow, v.slowest.Round(time.Millisecond))
	return nil
}

// bound takes the time of a submission that has to fit into the limit, without what its
// language is allowed beyond it.
func (v *verifier) bound(s pack.Submission, l lang.Language, r judge.Result) {
	for _, rule := range s.Rules {
		if rule.Bound != pack.Lower {
			continue
		}
		for _, t := range r.Tests {
			if !rule.Match(t.Name) || t.Verdict == deemster.TimeLimitExceeded {
				continue
			}
			took := float64(time.Duration(t.TimeMS)*time.Millisecond-l.TimeExtra) / max(l.TimeFactor, 0.1)
			if took := max(time.Millisecond, time.Duration(took)); took > v.slowest {
				v.slowest, v.slow = took, s.Path
			}
		}
	}
}

// judgeAll judges the package's submissions, Jobs at a time, and prints them in order.
func (v *verifier) judgeAll(ctx context.Context) error {
	v.Submissions = make([]verified, len(v.pack.Submissions))
	done := make([]chan judge.Result, len(v.Submissions))
	for i := range done {
		done[i] = make(chan judge.Result, 1)
	}
	var group errgroup.Group
	group.SetLimit(v.command.Jobs)
	go func() {
		for i, s := range v.pack.Submissions {
			group.Go(func() error {
				result, err := v.judged(ctx, v.languages[i], s)
				v.Submissions[i] = v.compare(v.languages[i], s, result, err)
				done[i] <- result
				return nil
			})
		}
	}()
	for i, s := range v.pack.Submissions {
		v.show.show("judging %d of %d: %s", i+1, len(done), s.Path)
		v.bound(s, v.languages[i], <-done[i])
		v.show.clear()
		if !v.command.JSON {
			v.Submissions[i].print(os.Stdout)
		}
	}
	return ctx.Err()
}

// judged judges a submission, unless it has been when the time limit was worked out: then
// it is well below.
func (v *verifier) judged(ctx context.Context, l lang.Language, s pack.Submission) (judge.Result, error) {
	if r, ok := v.measured[s.Path]; ok && r.Verdict != deemster.TimeLimitExceeded {
		return r, nil
	}
	task := v.task
	task.All = v.command.All || slices.ContainsFunc(s.Rules, func(r pack.Rule) bool { return !r.Always && r.OfTests() })
	return v.judge(ctx, task, l, s)
}

// judge judges a submission as a task has it.
func (v *verifier) judge(ctx context.Context, task judge.Task, l lang.Language, s pack.Submission) (judge.Result, error) {
	if task.Mode.SubmitAnswer {
		task.Files = s.Files
		return judge.Judge(ctx, v.bench.builder, task, func(string, int, *deemster.TestResult) {})
	}
	if l.ID == "" {
		return judge.Result{}, deemster.Errorf(deemster.Invalid, "the names of its files do not tell its language")
	}
	var err error
	if task.Language, err = v.bench.language(l.ID); err != nil {
		return judge.Result{}, err
	}
	task.Files = s.Files
	return judge.Judge(ctx, v.bench.builder, task, func(string, int, *deemster.TestResult) {})
}

// compare holds what a submission got against what the package expects. When it could not
// be judged the verdict is JE.
func (v *verifier) compare(l lang.Language, s pack.Submission, r judge.Result, err error) verified {
	one := verified{Path: s.Path, Language: l.ID, Expected: s.Expected, Verdict: deemster.JudgeError}
	if err != nil {
		one.Message = err.Error()
		return one
	}
	one.Verdict, one.TimeMS, one.Memory, one.Score, one.MaxScore = r.Verdict, r.TimeMS, r.Memory, r.Score, r.MaxScore
	if !slices.Contains(s.Expected, r.Verdict) {
		one.Message = reason(r)
		return one
	}
	for _, rule := range s.Rules {
		if rule.Always && !v.command.All {
			continue
		}
		if one.Message = v.broken(rule, r); one.Message != "" {
			return one
		}
	}
	one.OK = true
	return one
}

// broken says what of a rule does not hold.
func (v *verifier) broken(rule pack.Rule, r judge.Result) string {
	required, said := rule.Required == nil, rule.Message == ""
	for _, t := range r.Tests {
		if !rule.Match(t.Name) || t.Verdict == deemster.Skipped {
			continue
		}
		if rule.Permitted != nil && !slices.Contains(rule.Permitted, t.Verdict) {
			return fmt.Sprintf("%s is %s, and permitted are %s\n%s", t.Name, t.Verdict, joined(rule.Permitted), t.Feedback)
		}
		required = required || slices.Contains(rule.Required, t.Verdict)
		said = said || strings.Contains(t.Message, rule.Message)
	}
	switch {
	case !required:
		return fmt.Sprintf("no test%s is %s", of(rule), joined(rule.Required))
	case !said:
		return fmt.Sprintf("of no test%s the validator says %q", of(rule), rule.Message)
	case rule.Score == nil:
		return ""
	}
	score := r.Score
	if rule.Tests != "" {
		score = v.groupScore(rule.Tests, r)
	}
	if score == nil {
		return fmt.Sprintf("there are no points%s", of(rule))
	}
	if least, most := rule.Score[0], rule.Score[1]; *score < least || *score > most {
		return fmt.Sprintf("%v points%s are not from %v to %v", *score, of(rule), least, most)
	}
	return ""
}

func of(rule pack.Rule) string {
	if rule.Tests == "" {
		return ""
	}
	return " of " + rule.Tests
}

// groupScore is what a submission has in a group.
func (v *verifier) groupScore(name string, r judge.Result) *float64 {
	tests := make([]scoring.Test, len(v.pack.Tests))
	for i, t := range v.pack.Tests {
		tests[i] = scoring.Test{Name: t.Name, Group: t.Group}
	}
	sheet := scoring.NewSheet(v.pack.Groups, tests)
	for i, t := range r.Tests {
		sheet.Put(i, t)
	}
	return sheet.Score(name)
}

// reason is what is behind a verdict: the compiler's words, what the package's own program
// did, or the test that decided.
func reason(r judge.Result) string {
	switch {
	case r.Verdict == deemster.CompileError:
		return r.CompileLog
	case r.Message != "":
		return r.Message
	}
	for _, t := range r.Tests {
		if t.Verdict != deemster.Accepted {
			words := strings.TrimSpace(t.Feedback + "\n" + t.Message)
			return strings.TrimSuffix(t.Name+": "+words, ": ")
		}
	}
	return ""
}

func joined(verdicts []deemster.Verdict) string {
	words := make([]string, len(verdicts))
	for i, v := range verdicts {
		words[i] = string(v)
	}
	return strings.Join(words, "|")
}

// print writes the submission's line, and below it what is unexpected.
func (s verified) print(to io.Writer) {
	mark := "ok"
	if !s.OK {
		mark = "BAD"
	}
	points := ""
	if s.Score != nil {
		points = fmt.Sprintf("%8s ", fmt.Sprintf("%.6g pt", *s.Score))
	}
	fmt.Fprintf(to, "  %-3s %-3s expected %-7s %s%8s %10s  %-10s %s\n", mark, s.Verdict, joined(s.Expected), points,
		milliseconds(s.TimeMS), mebibytes(s.Memory), s.Language, visible(s.Path))
	if s.Message != "" {
		fmt.Fprint(to, indented(s.Message, "      "))
	}
}
