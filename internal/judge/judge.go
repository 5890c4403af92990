// Package judge takes one source against one problem: it compiles, runs every test,
// compares what was printed, and says the verdict. It knows boxes, languages and
// checkers, and neither the bus nor any store.
package judge

import (
	"context"
	"errors"
	"os"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Task is a source and what it is judged against.
type Task struct {
	Language lang.Language
	Files    []deemster.File
	Limits   deemster.Limits // the problem's, before the language's allowance
	Checker  deemster.Checker
	Tests    []Test // in the order they are run
	// All runs every test even after one has failed; otherwise the rest are SK.
	All bool
}

// Test is a test case whose data is opened when it is needed.
type Test struct {
	Name   string
	Group  string
	Sample bool
	Input  func(context.Context) (*os.File, error)
	Answer func(context.Context) (*os.File, error)
}

// Result is what a judgement found.
type Result struct {
	Verdict    deemster.Verdict
	TimeMS     int64          // CPU of the worst test
	Memory     deemster.Bytes // of the worst test
	CompileLog string
	Tests      []deemster.TestResult
}

// Observer hears how far a judgement is: the stage, "compiling" or "running", and each
// test as it ends (nil at the start of a stage). It must return quickly.
type Observer func(stage string, done int, last *deemster.TestResult)

// Judge judges task in a fresh box of engine. An error means that we failed: nothing is
// said of the program.
func Judge(ctx context.Context, engine sandbox.Engine, task Task, observe Observer) (Result, error) {
	return Result{}, errors.New("judge: not written")
}
