// Package judge takes one source against one problem: it compiles, runs every test,
// compares what was printed, and says the verdict. It knows boxes, languages and
// checkers, and neither the bus nor any store.
package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/checker"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Task is a source and what it is judged against.
type Task struct {
	Language lang.Language
	Files    []deemster.File
	Limits   deemster.Limits // the problem's, before the language's allowance
	Compile  deemster.Limits // of compiling; what is not set is as in deemster.CompileLimits
	Mode     deemster.Mode
	// Checker compares outputs when there is no Validator.
	Checker   deemster.Checker
	Validator *Validator
	Groups    []deemster.Group // of a scored problem; none means pass or fail
	Tests     []Test           // in the order they are run
	// All runs every test even after one has failed; otherwise the rest are SK.
	All bool
}

// Validator is a problem's own program that says what an output is worth.
type Validator struct {
	Language lang.Language
	Files    []deemster.File
	Protocol deemster.Protocol
	Limits   deemster.Limits // what is not set is as in deemster.ValidatorLimits
}

// Test is a test case whose data is opened when it is needed.
type Test struct {
	Name   string
	Group  string
	Sample bool
	Input  func(context.Context) (*os.File, error)
	Answer func(context.Context) (*os.File, error)
	// Checker is set where this test's output is compared in another way than the others'.
	Checker *deemster.Checker
	Args    []string // of the validator on this test
}

// Result is what a judgement found.
type Result struct {
	Verdict deemster.Verdict
	// Score and MaxScore are nil when the problem is not scored.
	Score, MaxScore *float64
	TimeMS          int64          // CPU of the worst test
	Memory          deemster.Bytes // of the worst test
	CompileLog      string
	// Message says, to the setter, what the problem's own program did wrong: why it is JE.
	Message string
	Tests   []deemster.TestResult
}

// Observer hears how far a judgement is: the stage, "compiling" or "running", and each
// test as it ends (nil at the start of a stage). It must return quickly.
type Observer func(stage string, done int, last *deemster.TestResult)

// Judge judges task in a fresh box of the builder's. An error means that we failed:
// nothing is said of the program.
func Judge(ctx context.Context, builder *build.Builder, task Task, observe Observer) (_ Result, err error) {
	if len(task.Tests) == 0 {
		return Result{}, deemster.Errorf(deemster.Invalid, "there is no test to judge against")
	}
	program, err := task.Language.Program(task.Files, task.Limits)
	if err != nil {
		return Result{Verdict: deemster.CompileError, CompileLog: deemster.PublicError(err).Title + ".\n"}, nil
	}
	observe("compiling", 0, nil)
	built, err := builder.Build(ctx, build.Source{Language: task.Language, Program: program, Limits: task.Compile})
	if err != nil {
		return Result{}, fmt.Errorf("judge: %w", err)
	}
	defer func() { err = errors.Join(err, built.Close()) }()
	if !built.OK {
		return Result{Verdict: deemster.CompileError, CompileLog: built.Log}, nil
	}
	box, err := built.Box(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("judge: %w", err)
	}
	defer func() {
		if closeErr := box.Close(); closeErr != nil {
			err = errors.Join(err, fmt.Errorf("judge: close the box: %w", closeErr))
		}
	}()

	observe("running", 0, nil)
	tests, err := runTests(ctx, box, program, task, observe)
	if err != nil {
		return Result{}, err
	}
	result := summarize(tests)
	result.CompileLog = built.Log
	return result, nil
}

// runTests runs the tests in their order. After the first failure the rest are skipped,
// unless all are wanted.
func runTests(ctx context.Context, box sandbox.Box, program lang.Program, task Task, observe Observer) ([]deemster.TestResult, error) {
	results := make([]deemster.TestResult, len(task.Tests))
	failed := false
	for i, test := range task.Tests {
		if failed && !task.All {
			results[i] = deemster.TestResult{Name: test.Name, Group: test.Group, Verdict: deemster.Skipped}
			continue
		}
		result, err := runTest(ctx, box, program, task.Checker, test)
		if err != nil {
			return nil, fmt.Errorf("judge: test %s: %w", test.Name, err)
		}
		results[i] = result
		failed = failed || result.Verdict != deemster.Accepted
		observe("running", i+1, &results[i])
	}
	return results, nil
}

// runTest runs the program once and compares what it prints while it prints it.
func runTest(ctx context.Context, box sandbox.Box, program lang.Program, flags deemster.Checker, test Test) (_ deemster.TestResult, err error) {
	result := deemster.TestResult{Name: test.Name, Group: test.Group}
	input, err := test.Input(ctx)
	if err != nil {
		return result, fmt.Errorf("open the input: %w", err)
	}
	defer func() { err = errors.Join(err, input.Close()) }()
	answer, err := test.Answer(ctx)
	if err != nil {
		return result, fmt.Errorf("open the answer: %w", err)
	}
	defer func() { err = errors.Join(err, answer.Close()) }()

	comparison := checker.New(answer, flags)
	o, err := box.Run(ctx, sandbox.Command{
		Args:       program.Run,
		Env:        program.Env,
		Stdin:      input,
		Stdout:     comparison,
		KeepStderr: deemster.MaxStderr,
		Limits:     program.Limits,
	})
	if err != nil {
		return result, err
	}
	if o.Ending == sandbox.Cancelled {
		return result, sandbox.ErrCancelled(ctx)
	}
	right, difference, err := comparison.Close()
	if err != nil {
		return result, err
	}
	result.Verdict = verdict(o, program.Limits, right)
	result.TimeMS = o.CPU.Milliseconds()
	result.WallMS = o.Wall.Milliseconds()
	result.Memory = o.Memory
	result.ExitCode = o.ExitCode
	result.Signal = o.Signal
	switch result.Verdict {
	case deemster.WrongAnswer:
		result.Feedback = difference
	case deemster.RunTimeError:
		result.Feedback = lastWords(o)
	}
	return result, nil
}

// lastWords is how a program ended and the end of what it wrote to standard error, which
// is where runtimes say what went wrong.
func lastWords(o sandbox.Outcome) string {
	how := fmt.Sprintf("exit status %d", o.ExitCode)
	if o.Ending == sandbox.Signalled {
		how = "ended by " + o.Signal
	}
	room := int(deemster.MaxFeedback) - len(how) - len("\n")
	said := build.Readable(o.Stderr)
	if len(said) > room {
		said = build.Readable([]byte(said[len(said)-room:])) // from the middle of a character on
	}
	if said = strings.TrimSpace(said); said == "" {
		return how
	}
	return how + "\n" + said[:min(len(said), room)]
}
