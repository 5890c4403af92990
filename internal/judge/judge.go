// Package judge takes one submission against one problem: it compiles, runs every test,
// has what comes out looked at, and says the verdict. It knows boxes, languages, checkers
// and scores, and neither the bus nor any store.
//
// How the verdict on a test comes about; the first line that is true counts:
//
//	the problem's own program broke the rules for validators    JE
//	the interactor said 43 of what the program had written      WA
//	the program needed more memory than allowed                 MLE
//	… more time, on the processor or on the clock               TLE
//	… wrote more than allowed                                   OLE
//	… ended by a signal, or with an exit status other than 0    RE
//	the checker or the validator does not accept the output     WA
//	none of these                                               AC
//
// The verdict on the submission is that of its first test, in their order, that is not AC.
// So it stays when tests are run side by side. JE is different: it says that the problem
// has to be mended, so nothing is said of the program then.
//
// One file an idea: tests.go runs the tests in order or side by side, trial.go one test,
// again when it is near the limit; batch.go, interactive.go and answer.go are the three
// ways in which a submission meets a test, passes.go is meeting it more than once;
// validator.go and testlib.go ask the problem's own program.
package judge

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/scoring"
	"github.com/deemster-oj/deemster/internal/signature"
)

// Task is a submission and what it is judged against.
type Task struct {
	Language lang.Language // nothing when the submission is no program
	Files    []deemster.File
	Limits   deemster.Limits // the problem's, before the language's allowance
	Compile  deemster.Limits // of compiling; what is not set is as in deemster.CompileLimits
	Mode     deemster.Mode
	// Signature is set when the submission is this function and no whole program.
	Signature *deemster.Signature
	// Checker compares outputs when there is no Validator.
	Checker   deemster.Checker
	Validator *Validator
	Groups    []deemster.Group // of a scored problem; none means pass or fail
	Tests     []Test           // in the order they are run
	// All runs every test even after one has failed; otherwise those that can make no
	// difference any more are SK.
	All bool
	// Spare asks for a slot that nobody uses, in which a test may be run beside another; ok
	// is false when there is none. The slot is given back with release. Spare is called
	// before every test and from several goroutines, so that whoever waits for a slot gets
	// it after one test. Nil is no spare slots at all.
	Spare func() (release func(), ok bool)
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
	Cached          bool // the program had been compiled before
	// Message says, to the setter, what the problem's own program did wrong: why it is JE.
	Message string
	Tests   []deemster.TestResult
}

// Observer hears how far a judgement is: the stage, "compiling" or "running", and each
// test as it ends (nil at the start of a stage). It must return quickly, and is not called
// by two goroutines at once.
type Observer func(stage string, done int, last *deemster.TestResult)

// judgement is a task while it is judged.
type judgement struct {
	Task
	builder   *build.Builder
	observe   Observer
	sheet     *scoring.Sheet
	program   lang.Program
	built     *build.Build // nil when the submission is no program
	validator *validator   // nil when outputs are compared
}

// Judge judges task in fresh boxes of the builder's. An error means that we failed:
// nothing is said of the program. When the problem's own program fails, that is no error,
// since it would be the same the next time: the verdict is JE.
func Judge(ctx context.Context, builder *build.Builder, task Task, observe Observer) (_ Result, err error) {
	if len(task.Tests) == 0 {
		return Result{}, deemster.Errorf(deemster.Invalid, "there is no test to judge against")
	}
	j := &judgement{Task: task, builder: builder, observe: observe}
	defer func() { err = errors.Join(err, j.close()) }()
	var log string
	for _, step := range []func(context.Context) (Result, error){j.compile, j.compileValidator} {
		result, err := step(ctx)
		if err != nil || result.Verdict != "" {
			return result, err
		}
		log += result.CompileLog
	}
	observe("running", 0, nil)
	result, err := j.runTests(ctx)
	if err != nil {
		return Result{}, err
	}
	result.CompileLog = log
	result.Cached = j.built != nil && j.built.Cached
	return result, nil
}

// compile builds the submission. The result has a verdict when it ends here.
func (j *judgement) compile(ctx context.Context) (Result, error) {
	if j.Mode.SubmitAnswer {
		return Result{}, nil
	}
	program, err := j.whole()
	if err != nil {
		return Result{Verdict: deemster.CompileError, CompileLog: deemster.PublicError(err).Title + ".\n"}, nil
	}
	j.observe("compiling", 0, nil)
	built, err := j.builder.Build(ctx, build.Source{Language: j.Language, Program: program, Limits: j.Compile})
	if err != nil {
		return Result{}, fmt.Errorf("judge: %w", err)
	}
	j.program, j.built = program, built
	if !built.OK {
		return Result{Verdict: deemster.CompileError, CompileLog: built.Log}, nil
	}
	return Result{CompileLog: built.Log}, nil
}

// whole is the program that the submission is, or is made into. The error is for its author.
func (j *judgement) whole() (lang.Program, error) {
	files := j.Files
	if j.Signature != nil {
		var err error
		if files, err = signature.Files(*j.Signature, j.Language.ID, files); err != nil {
			return lang.Program{}, err
		}
	}
	return j.Language.Program(files, j.Limits)
}

// compileValidator builds the problem's own program, if it has one.
func (j *judgement) compileValidator(ctx context.Context) (Result, error) {
	if j.Validator == nil {
		if j.Mode.Interactive || j.Mode.Passes > 1 {
			return broken("The problem has no validator, and needs one: a program for it talks with it, or is run several times."), nil
		}
		return Result{}, nil
	}
	if j.Mode.Passes > 1 && j.Validator.Protocol == deemster.ProtocolTestlib {
		return broken("The problem has several passes, and its validator is a testlib program, which cannot ask for another."), nil
	}
	v, fault, err := buildValidator(ctx, j.builder, *j.Validator, len(j.Groups) > 0)
	if err != nil {
		return Result{}, fmt.Errorf("judge: validator: %w", err)
	}
	if fault != "" {
		return broken(fault), nil
	}
	j.validator = v
	return Result{}, nil
}

// broken is the result when a problem cannot be judged against.
func broken(message string) Result {
	return Result{Verdict: deemster.JudgeError, Message: message}
}

func (j *judgement) close() error {
	var errs []error
	if j.built != nil {
		errs = append(errs, j.built.Close())
	}
	if j.validator != nil {
		errs = append(errs, j.validator.built.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	return nil
}
