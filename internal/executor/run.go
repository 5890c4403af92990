package executor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/checker"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/signature"
)

const (
	// keptOffers bounds what is remembered of runs that wait. Those beyond are offered
	// again by their gateways.
	keptOffers = 256
	// claimTimeout is how long a gateway may take to hand a run over, or to take its report.
	claimTimeout = 5 * time.Second
)

// Why a run ends before it is done.
var (
	errDisplaced = errors.New("executor: a submission wants the place")
	errNotWanted = errors.New("executor: nobody waits for the run any more")
)

// runs are the runs that this executor knows of: those that wait at some gateway, and
// those at work here.
type runs struct {
	wake func() // who waits for work

	mu      sync.Mutex
	offers  []deemster.RunOffer // in the order they came
	working map[string]context.CancelCauseFunc
}

func newRuns(wake func()) *runs {
	return &runs{wake: wake, working: map[string]context.CancelCauseFunc{}}
}

// hear notes that a run waits.
func (r *runs) hear(offer deemster.RunOffer) {
	r.mu.Lock()
	known := slices.Contains(r.offers, offer)
	if !known && len(r.offers) < keptOffers {
		r.offers = append(r.offers, offer)
	}
	r.mu.Unlock()
	r.wake()
}

// waits tells whether a run waits.
func (r *runs) waits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.offers) > 0
}

// next gives the run that has waited longest here. Only one goroutine takes runs, after
// waits.
func (r *runs) next() deemster.RunOffer {
	r.mu.Lock()
	defer r.mu.Unlock()
	offer := r.offers[0]
	r.offers = slices.Delete(r.offers, 0, 1)
	return offer
}

// begin notes that a run is at work, and how it is stopped; with nil that it is not any more.
func (r *runs) begin(id string, stop context.CancelCauseFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if stop == nil {
		delete(r.working, id)
	} else {
		r.working[id] = stop
	}
}

// stop ends a run that nobody waits for, if it is here.
func (r *runs) stop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if stop := r.working[id]; stop != nil {
		stop(errNotWanted)
	}
}

// hearRuns listens to offers of runs in languages that this executor has, until ctx ends.
func (e *Executor) hearRuns(ctx context.Context, wake func()) (*runs, error) {
	r := newRuns(wake)
	err := errors.Join(
		e.Bus.RunOffers(ctx, func(offer deemster.RunOffer) {
			if slices.Contains(e.languageIDs, offer.Language) {
				r.hear(offer)
			}
		}),
		e.Bus.RunStops(ctx, r.stop),
	)
	if err != nil {
		return nil, fmt.Errorf("executor: %w", err)
	}
	return r, nil
}

// startRun begins the run that has waited longest, if there is one and a place for it. It
// is called when no submission waits.
func (e *Executor) startRun(ctx context.Context, r *runs, jobs *sync.WaitGroup) bool {
	if !r.waits() {
		return false
	}
	ctx, stop := context.WithCancelCause(ctx)
	place, ok := e.places.takeForRun(stop)
	if !ok {
		stop(nil)
		return false
	}
	offer := r.next()
	e.busy.Add(1)
	jobs.Go(func() {
		r.begin(offer.ID, stop)
		defer func() {
			r.begin(offer.ID, nil)
			stop(nil)
			e.busy.Add(-1)
			e.places.giveBack(place)
		}()
		e.handleRun(ctx, offer)
	})
	return true
}

// handleRun takes a run from claim to report. ctx ends when a submission wants the place,
// when nobody waits for the run any more, and when the executor stops.
func (e *Executor) handleRun(ctx context.Context, offer deemster.RunOffer) {
	log := e.Log.With("run", offer.ID)
	claiming, cancel := context.WithTimeout(ctx, claimTimeout)
	run, err := bus.Call(claiming, e.Bus, bus.ClaimRun(offer.Gateway), deemster.RunClaim{ID: offer.ID, Executor: e.id})
	cancel()
	if err != nil {
		// Another executor was quicker, or the run is not wanted any more. Should it be,
		// it is offered again.
		log.Debug("executor: run not claimed", "reason", err)
		return
	}
	log.Debug("executor: running", "language", run.Language)
	report := deemster.RunReport{ID: run.ID, Executor: e.id}
	report.Answer, err = e.run(ctx, run)
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errNotWanted):
		return
	case err != nil && cause != nil:
		report.Returned = true
	case err != nil:
		if deemster.KindOf(err) == deemster.Internal {
			log.Error("executor: could not run", "err", err)
		}
		report.Error = deemster.PublicError(err)
	}
	reporting, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimTimeout)
	defer cancel()
	if _, err := bus.Call(reporting, e.Bus, bus.ReportRun(offer.Gateway), report); err != nil {
		log.Debug("executor: nobody takes what came of a run", "reason", err)
	}
}

// run compiles a program and runs it on what it is to be run on. Like judging, it turns a
// panic into an error.
func (e *Executor) run(ctx context.Context, run deemster.Run) (answer deemster.RunAnswer, err error) {
	defer func() {
		if p := recover(); p != nil {
			e.Log.Error("executor: panic", "run", run.ID, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("executor: panic: %v", p)
		}
	}()
	language, ok := lang.ByID(e.Languages, run.Language)
	if !ok {
		return answer, fmt.Errorf("executor: language %q is not available on %s", run.Language, e.host)
	}
	var version deemster.ProblemVersion
	if run.Problem != "" {
		if version, err = e.versions.get(ctx, run.Problem, run.ProblemVersion); err != nil {
			return answer, err
		}
	}
	inputs, err := e.inputs(run, version)
	if err != nil {
		return answer, err
	}
	if run.Samples && (version.Mode.Interactive || version.Mode.Passes > 1) {
		return e.judgeSamples(ctx, run, version)
	}
	answer, err = e.runProgram(ctx, language, run, version, inputs)
	if err != nil || !answer.Compiled || !run.Samples || version.Validator == nil {
		return answer, err
	}
	judged, err := e.judgeSamples(ctx, run, version)
	for i, r := range judged.Results {
		answer.Results[i].Verdict, answer.Results[i].Feedback = r.Verdict, r.Feedback
	}
	return answer, err
}

// runProgram compiles a program and runs it on the inputs.
func (e *Executor) runProgram(ctx context.Context, language lang.Language, run deemster.Run, version deemster.ProblemVersion, inputs []input) (answer deemster.RunAnswer, err error) {
	files := run.Files
	if version.Signature != nil {
		files, err = signature.Files(*version.Signature, run.Language, files)
	}
	var program lang.Program
	if err == nil {
		program, err = language.Program(files, version.Limits)
	}
	if deemster.KindOf(err) == deemster.Internal {
		return answer, fmt.Errorf("executor: %w", err)
	}
	if err != nil {
		answer.CompileLog = deemster.PublicError(err).Title + ".\n"
		return answer, nil
	}
	built, err := e.builder.Build(ctx, build.Source{Language: language, Program: program})
	if err != nil {
		return answer, fmt.Errorf("executor: %w", err)
	}
	defer func() { err = errors.Join(err, built.Close()) }()
	answer.Compiled, answer.CompileLog = built.OK, built.Log
	if !built.OK {
		return answer, nil
	}
	box, err := built.Box(ctx)
	if err != nil {
		return answer, fmt.Errorf("executor: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	answer.Results, err = runInputs(ctx, box, program, inputs)
	return answer, err
}

// judgeSamples has the samples of a problem judged that does not only compare outputs. It
// tells what is right, but not what was printed.
func (e *Executor) judgeSamples(ctx context.Context, run deemster.Run, version deemster.ProblemVersion) (answer deemster.RunAnswer, err error) {
	version.Tests, version.Groups = samplesOf(version), nil
	task, err := e.task(ctx, deemster.Job{Language: run.Language, Files: run.Files}, version)
	if err != nil {
		return answer, err
	}
	task.All, task.Spare = true, nil
	result, err := judge.Judge(ctx, e.builder, task, func(string, int, *deemster.TestResult) {})
	if err != nil {
		return answer, fmt.Errorf("executor: judge the samples: %w", err)
	}
	if result.Verdict == deemster.JudgeError {
		return answer, fmt.Errorf("executor: samples of %s: %s", version.Slug, result.Message)
	}
	answer.Compiled, answer.CompileLog = result.Verdict != deemster.CompileError, result.CompileLog
	for _, t := range result.Tests {
		answer.Results = append(answer.Results, deemster.RunResult{
			Name: t.Name, Verdict: t.Verdict, TimeMS: t.TimeMS, WallMS: t.WallMS, Memory: t.Memory,
			ExitCode: t.ExitCode, Signal: t.Signal, Feedback: t.Feedback,
		})
	}
	return answer, nil
}

// samplesOf are the tests that a run on samples means.
func samplesOf(version deemster.ProblemVersion) (samples []deemster.Test) {
	for _, test := range version.Tests {
		if test.Sample && len(samples) < deemster.MaxRunSamples {
			samples = append(samples, test)
		}
	}
	return samples
}

// input is what a program is run on. Answer is nil when nobody knows what is right.
type input struct {
	name    string
	stdin   func(context.Context) (*os.File, error)
	answer  func(context.Context) (*os.File, error)
	checker deemster.Checker
}

// inputs are the run's own input, or the problem's samples.
func (e *Executor) inputs(run deemster.Run, version deemster.ProblemVersion) ([]input, error) {
	if !run.Samples {
		return []input{{name: "input", stdin: func(context.Context) (*os.File, error) { return inMemory(run.Stdin) }}}, nil
	}
	var inputs []input
	for _, test := range samplesOf(version) {
		in := input{name: test.Name, checker: version.Checker}
		if test.Checker != nil {
			in.checker = *test.Checker
		}
		in.stdin = func(ctx context.Context) (*os.File, error) { return e.cache.open(ctx, test.Input) }
		if version.Validator == nil {
			in.answer = func(ctx context.Context) (*os.File, error) { return e.cache.open(ctx, test.Answer) }
		}
		inputs = append(inputs, in)
	}
	if len(inputs) == 0 {
		return nil, deemster.FieldErrorf("samples", "this problem has no samples; send an input of your own as stdin")
	}
	return inputs, nil
}

// inMemory is a file that is nowhere on the disk.
func inMemory(content string) (*os.File, error) {
	fd, err := unix.MemfdCreate("stdin", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("executor: memfd_create: %w", err)
	}
	file := os.NewFile(uintptr(fd), "stdin")
	_, err = file.WriteString(content)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("executor: keep the input: %w", err)
	}
	return file, nil
}

// runInputs runs the program on each input. After one that ran out of time the rest are
// SK: somebody is waiting.
func runInputs(ctx context.Context, box sandbox.Box, program lang.Program, inputs []input) ([]deemster.RunResult, error) {
	results := make([]deemster.RunResult, len(inputs))
	shown, slow := deemster.MaxRunShown, false
	for i, in := range inputs {
		results[i] = deemster.RunResult{Name: in.name, Verdict: deemster.Skipped}
		if slow {
			continue
		}
		result, err := runOn(ctx, box, program, in, shown)
		if err != nil {
			return nil, fmt.Errorf("executor: run on %s: %w", in.name, err)
		}
		results[i] = result
		shown -= deemster.Bytes(len(result.Stdout) + len(result.Stderr))
		slow = result.Verdict == deemster.TimeLimitExceeded
	}
	return results, nil
}

// runOn runs the program on one input. Of what it prints at most room is shown.
func runOn(ctx context.Context, box sandbox.Box, program lang.Program, in input, room deemster.Bytes) (result deemster.RunResult, err error) {
	stdin, err := in.stdin(ctx)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, stdin.Close()) }()
	output := &beginning{room: min(deemster.MaxRunOutput, room)}
	stdout, comparison := io.Writer(output), (*checker.Comparison)(nil)
	if in.answer != nil {
		answer, err := in.answer(ctx)
		if err != nil {
			return result, err
		}
		defer answer.Close()
		comparison = checker.New(answer, in.checker)
		stdout = io.MultiWriter(comparison, output)
	}
	o, err := box.Run(ctx, sandbox.Command{
		Args: program.Run, Env: program.Env, Stdin: stdin, Stdout: stdout,
		KeepStderr: deemster.MaxRunOutput, Limits: program.Limits,
	})
	if err != nil {
		return result, err
	}
	if o.Ending == sandbox.Cancelled {
		return result, sandbox.ErrCancelled(ctx)
	}
	result = deemster.RunResult{
		Name: in.name, TimeMS: o.CPU.Milliseconds(), WallMS: o.Wall.Milliseconds(), Memory: o.Memory,
		ExitCode: o.ExitCode, Signal: o.Signal,
	}
	result.Stdout, result.StdoutCut = output.text()
	said := &beginning{room: min(deemster.MaxRunOutput, room-deemster.Bytes(len(result.Stdout))), cut: o.StderrCut}
	_, _ = said.Write(o.Stderr)
	result.Stderr, result.StderrCut = said.text()
	result.Verdict = judge.Verdict(o, program.Limits, true)
	if result.Verdict != deemster.Accepted {
		return result, nil
	}
	if comparison == nil { // there is nothing to be right about
		result.Verdict = ""
		return result, nil
	}
	right, difference, err := comparison.Close()
	if !right {
		result.Verdict, result.Feedback = deemster.WrongAnswer, difference
	}
	return result, err
}

// beginning is a writer that keeps the first bytes.
type beginning struct {
	kept bytes.Buffer
	room deemster.Bytes
	cut  bool
}

func (b *beginning) Write(p []byte) (int, error) {
	keep := min(len(p), int(b.room)-b.kept.Len())
	b.kept.Write(p[:keep])
	b.cut = b.cut || keep < len(p)
	return len(p), nil
}

// text is what was kept as text for people, and whether it is not all. What is not UTF-8
// becomes longer, so it may have to be cut again.
func (b *beginning) text() (text string, isCut bool) {
	kept := b.kept.Bytes()
	for n := 1; b.cut && n < min(utf8.UTFMax, len(kept)+1); n++ {
		if last := kept[len(kept)-n:]; utf8.RuneStart(last[0]) && !utf8.FullRune(last) {
			kept = kept[:len(kept)-n] // the first half of a character
			break
		}
	}
	whole := build.Readable(kept)
	text = cut(whole, b.room)
	return text, b.cut || len(text) < len(whole)
}
