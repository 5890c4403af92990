package judge

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/checker"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// pass runs the program once, on the case's input, and adds what came of it to t. It gives
// the validator's word, if it was asked.
func (j *judgement) pass(ctx context.Context, b *bench, c testcase, f *feedback, t *trial) (word, error) {
	switch {
	case j.Mode.Interactive:
		return j.interact(ctx, b, c, f, t)
	case j.validator != nil:
		return j.validate(ctx, b, c, f, t)
	}
	return word{}, j.compare(ctx, b, c, t)
}

// compare compares what the program prints while it prints it.
func (j *judgement) compare(ctx context.Context, b *bench, c testcase, t *trial) error {
	comparison := checker.New(c.answer, j.flags(c))
	o, err := j.run(ctx, b, c.input, comparison)
	if err != nil {
		return err
	}
	right, difference, err := comparison.Close()
	if err != nil {
		return err
	}
	t.ran(o, Verdict(o, j.program.Limits, right))
	if t.Verdict == deemster.WrongAnswer {
		t.Feedback = difference
	}
	return nil
}

// validate keeps what the program prints for the validator, which is asked only when the
// run itself was without fault.
func (j *judgement) validate(ctx context.Context, b *bench, c testcase, f *feedback, t *trial) (word, error) {
	output, err := b.emptyOutput()
	if err != nil {
		return word{}, fmt.Errorf("keep the output: %w", err)
	}
	// Not the file itself, which the program could grow without a limit.
	o, err := j.run(ctx, b, c.input, struct{ io.Writer }{output})
	if err != nil {
		return word{}, err
	}
	t.ran(o, Verdict(o, j.program.Limits, true))
	if t.Verdict != deemster.Accepted {
		return word{}, nil
	}
	w, err := j.validator.ask(ctx, b.validator, c, output, f)
	if err != nil {
		return w, fmt.Errorf("validator: %w", err)
	}
	t.judged(w)
	return w, nil
}

// run runs the program on an input.
func (j *judgement) run(ctx context.Context, b *bench, input *os.File, stdout io.Writer) (sandbox.Outcome, error) {
	o, err := b.program.Run(ctx, j.command(input, stdout))
	if err == nil && o.Ending == sandbox.Cancelled {
		err = sandbox.ErrCancelled(ctx)
	}
	return o, err
}

// command is how the program is run.
func (j *judgement) command(stdin *os.File, stdout io.Writer) sandbox.Command {
	limits := j.program.Limits
	limits.CPU = nearLimit(limits.CPU)
	return sandbox.Command{
		Args: j.program.Run, Env: j.program.Env,
		Stdin: stdin, Stdout: stdout, KeepStderr: deemster.MaxStderr,
		Limits: limits,
	}
}

// ran adds a run of the program: the worst of all passes is told.
func (t *trial) ran(o sandbox.Outcome, v deemster.Verdict) {
	t.cpu = max(t.cpu, o.CPU)
	t.TimeMS = t.cpu.Milliseconds()
	t.WallMS = max(t.WallMS, o.Wall.Milliseconds())
	t.Memory = max(t.Memory, o.Memory)
	t.Verdict = v
	if o.Ending != sandbox.Cancelled { // by us, and not for what it did
		t.ExitCode, t.Signal = o.ExitCode, o.Signal
	}
	if v == deemster.RunTimeError {
		t.Feedback = lastWords(o)
	}
}

// judged adds what the validator has said.
func (t *trial) judged(w word) {
	t.Feedback, t.Message = w.team, w.judge
	t.points, t.part = w.points, w.part
	switch {
	case w.fault != "":
		t.Verdict, t.Message = deemster.JudgeError, w.fault
		t.Feedback = ""
	case w.accepted:
		t.Verdict = deemster.Accepted
	default:
		t.Verdict = deemster.WrongAnswer
	}
}

// lastWords is how a program ended and the end of what it wrote to standard error, which
// is where runtimes say what went wrong.
func lastWords(o sandbox.Outcome) string {
	how := fmt.Sprintf("exit status %d", o.ExitCode)
	if o.Ending == sandbox.Signalled {
		how = "ended by " + o.Signal
	}
	return withEnd(how, o.Stderr)
}

// withEnd is a sentence and, below it, as much of the end of a text as there is room for.
func withEnd(sentence string, text []byte) string {
	room := int(deemster.MaxFeedback) - len(sentence) - len("\n")
	said := build.Readable(text)
	if len(said) > room {
		said = build.Readable([]byte(said[len(said)-room:])) // from the middle of a character on
	}
	if said = strings.TrimSpace(said); said == "" {
		return sentence
	}
	return sentence + "\n" + said[:min(len(said), room)]
}
