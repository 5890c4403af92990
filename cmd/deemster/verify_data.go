package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/pack"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

const (
	// maxTold is how many tests are told of that one validator refuses.
	maxTold = 5
	// maxChecked is how large an answer may be to be handed to the package's own output
	// validator, and maxBatch what of them is held in memory at a time.
	maxChecked = 16 * deemster.MiB
	maxBatch   = 32 * deemster.MiB
)

// checkInputs runs every input validator over every input. All of them have to let a test
// pass, and at least one has to refuse an invalid input.
func (v *verifier) checkInputs(ctx context.Context) error {
	refused := make(map[string]bool) // invalid inputs that somebody refuses
	ran := 0
	for _, program := range v.pack.InputValidators {
		ok, err := v.runInputValidator(ctx, program, refused)
		if err != nil {
			return fmt.Errorf("%s: %w", program.Path, err)
		}
		if ok {
			ran++
		}
	}
	if ran < max(1, len(v.pack.InputValidators)) {
		if len(v.pack.InputValidators) == 0 && v.pack.Signature == nil {
			v.find(pack.Warning, "input_validators", "there is none: nothing says what a valid input is")
		}
		return nil
	}
	for _, e := range v.pack.Examples {
		if e.Output == nil && !refused[e.Name] {
			v.find(pack.Error, e.Input.Path, "is an invalid input, and no input validator refuses it")
		}
	}
	return nil
}

// runInputValidator runs one input validator over every input. It is not ok when it cannot
// be run, which is a finding.
func (v *verifier) runInputValidator(ctx context.Context, program pack.Program, refused map[string]bool) (ok bool, err error) {
	v.show.show("compiling %s", program.Path)
	run, built, err := v.build(ctx, program)
	if err != nil || built == nil {
		return false, err
	}
	defer func() { err = errors.Join(err, built.Close()) }()
	box, err := built.Box(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	bad := 0
	for i, t := range v.pack.Tests {
		v.show.show("%s: input %d of %d", program.Path, i+1, len(v.pack.Tests))
		valid, words, err := v.validate(ctx, box, run, program, t)
		if err != nil {
			return false, err
		}
		if valid {
			continue
		}
		if bad++; bad <= maxTold {
			v.find(pack.Error, t.Input.Path, "%s refuses it: %s", program.Path, words)
		}
	}
	if bad > maxTold {
		v.find(pack.Error, program.Path, "refuses %d inputs more", bad-maxTold)
	}
	for _, e := range v.pack.Examples {
		valid, words, err := v.validate(ctx, box, run, program, e.Test)
		if err != nil {
			return false, err
		}
		if e.Output == nil {
			refused[e.Name] = refused[e.Name] || !valid
		} else if !valid {
			v.find(pack.Error, e.Input.Path, "%s refuses it: %s", program.Path, words)
		}
	}
	return true, nil
}

// build compiles one of the package's own programs. When that cannot be done there is a
// finding and no build.
func (v *verifier) build(ctx context.Context, program pack.Program) (run lang.Program, built *build.Build, err error) {
	l, err := programLanguage(v.bench.all, program)
	if err == nil {
		l, err = v.bench.language(l.ID)
	}
	if err != nil {
		v.find(pack.Warning, program.Path, "is not run: %v", err)
		return run, nil, nil
	}
	files, err := sources(program)
	if err != nil {
		return run, nil, err
	}
	if run, err = l.Program(files, deemster.ValidatorLimits); err != nil {
		v.find(pack.Error, program.Path, "%s", deemster.PublicError(err).Title)
		return run, nil, nil
	}
	if built, err = v.bench.builder.Build(ctx, build.Source{Language: l, Program: run}); err != nil {
		return run, nil, err
	}
	if !built.OK {
		v.find(pack.Error, program.Path, "does not compile:\n%s", built.Log)
		return run, nil, built.Close()
	}
	return run, built, nil
}

// validate runs an input validator on a test, and gives its words when it refuses it.
func (v *verifier) validate(ctx context.Context, box sandbox.Box, run lang.Program, program pack.Program, t pack.Test) (valid bool, words string, err error) {
	input, err := v.data.open(t.Input)
	if err != nil {
		return false, "", err
	}
	defer func() { err = errors.Join(err, input.Close()) }()
	var output bytes.Buffer
	limits := run.Limits
	limits.Output = 64 * deemster.KiB
	o, err := box.Run(ctx, sandbox.Command{
		Args: slices.Concat(run.Run, t.InputArgs[""], t.InputArgs[program.Name()]), Env: run.Env, Stdin: input,
		Stdout: &output, KeepStderr: deemster.KiB, Limits: limits,
	})
	switch {
	case err != nil:
		return false, "", err
	case o.Ending == sandbox.Cancelled:
		return false, "", sandbox.ErrCancelled(ctx)
	case o.Ending == sandbox.Exited && o.ExitCode == statusOfValid(program):
		return true, "", nil
	case o.Ending == sandbox.Exited:
		words = fmt.Sprintf("exit status %d", o.ExitCode)
	default:
		words = fmt.Sprintf("it ended by %s %s", o.Ending, o.Signal)
	}
	said, _, _ := strings.Cut(strings.TrimSpace(string(o.Stderr)+"\n"+output.String()), "\n")
	if said != "" {
		words += fmt.Sprintf(": %.200s", said)
	}
	return false, words, nil
}

// statusOfValid is how an input validator ends that has nothing to say.
func statusOfValid(program pack.Program) int {
	if program.Protocol == deemster.ProtocolTestlib {
		return 0
	}
	return 42
}

// checkOutputs hands the answers to the package's own output validator, which should accept
// them, and the examples of outputs to whatever compares them. Where programs talk with the
// validator there are no outputs to hand in.
func (v *verifier) checkOutputs(ctx context.Context) error {
	if v.task.Mode.Interactive || v.task.Mode.Passes > 0 {
		return nil
	}
	var outputs []output
	if v.task.Validator != nil {
		for i, t := range v.pack.Tests {
			outputs = append(outputs, output{t, t.Answer, v.task.Tests[i], true})
		}
	}
	for _, e := range v.pack.Examples {
		if e.Output != nil {
			outputs = append(outputs, output{e.Test, *e.Output, v.data.test(e.Test), e.Right})
		}
	}
	for len(outputs) > 0 {
		batch := firstBatch(outputs)
		if err := v.handIn(ctx, outputs[:batch]); err != nil {
			return err
		}
		outputs = outputs[batch:]
	}
	return nil
}

// output is what is handed in for a test, and whether it is right.
type output struct {
	test  pack.Test
	file  pack.File
	judge judge.Test
	right bool
}

// firstBatch counts the first outputs that can be handed in together: they are called by
// the last part of their tests' names, and held in memory.
func firstBatch(outputs []output) int {
	names := make(map[string]bool)
	room := maxBatch
	for i, o := range outputs {
		name := path.Base(o.test.Name)
		if room -= min(o.file.Size, maxChecked); names[name] || room < 0 {
			return max(1, i)
		}
		names[name] = true
	}
	return len(outputs)
}

// handIn has outputs judged as submissions to a problem whose answers are handed in.
func (v *verifier) handIn(ctx context.Context, outputs []output) error {
	task := judge.Task{
		Mode: deemster.Mode{SubmitAnswer: true}, Limits: v.task.Limits, Checker: v.task.Checker, Validator: v.task.Validator, All: true,
	}
	var checked []output
	for _, o := range outputs {
		if o.file.Size > maxChecked {
			continue
		}
		content, err := o.file.Read(maxChecked)
		if err != nil {
			return err
		}
		checked = append(checked, o)
		task.Tests = append(task.Tests, o.judge)
		task.Files = append(task.Files, deemster.File{Name: path.Base(o.test.Name) + ".out", Content: string(content)})
	}
	if len(checked) == 0 {
		return nil
	}
	result, err := judge.Judge(ctx, v.bench.builder, task, func(_ string, done int, _ *deemster.TestResult) {
		v.show.show("output validator: %d of %d outputs", done, len(checked))
	})
	if err != nil {
		return err
	}
	if result.Message != "" {
		v.find(pack.Error, "output_validator", "%s", result.Message)
		return nil
	}
	for i, t := range result.Tests {
		o := checked[i]
		switch accepted := t.Verdict == deemster.Accepted; {
		case accepted == o.right:
		case accepted:
			v.find(pack.Error, o.file.Path, "is an invalid output, and is accepted")
		case o.file.Path != o.test.Answer.Path:
			v.find(pack.Error, o.file.Path, "is a valid output, and is not accepted: %s", t.Feedback+t.Message)
		case o.test.Sample && o.test.Shown.Answer == nil:
			v.find(pack.Error, o.file.Path, "is shown to people, and the output validator does not accept it: %s", t.Feedback+t.Message)
		default:
			v.find(pack.Warning, o.file.Path, "the output validator does not accept the answer: %s", t.Feedback+t.Message)
		}
	}
	return nil
}
