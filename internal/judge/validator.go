package judge

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Exit statuses of validators in the ICPC problem package format. All others, 0 as well,
// mean that the validator itself failed.
const (
	exitAccept = 42
	exitReject = 43
)

// What a validator finds in /scratch, its working directory, and leaves there.
const (
	testInput    = "test.in"
	testAnswer   = "test.ans"
	testOutput   = "test.out" // testlib only: others read it from standard input
	feedbackDir  = "feedback/"
	keptStderr   = 4 * deemster.KiB
	maxScoreFile = 256 // bytes
)

// validator is a problem's own program, ready to be asked.
type validator struct {
	program  lang.Program
	built    *build.Build
	protocol deemster.Protocol
	scored   bool
}

// word is what a validator says of an output.
type word struct {
	accepted     bool
	team, judge  string   // for the author of the submission, for the setter of the problem
	points, part *float64 // see scoring.Sheet.Award
	again        bool     // the program is to be run on what the validator has written
	// fault is how the validator broke the rules; then nothing else counts.
	fault string
}

// buildValidator compiles a problem's own program. The fault, for the setter, says why
// that cannot be done.
func buildValidator(ctx context.Context, builder *build.Builder, from Validator, scored bool) (_ *validator, fault string, err error) {
	program, err := from.Language.Program(from.Files, from.Limits.Or(deemster.ValidatorLimits))
	if err != nil {
		return nil, "The problem's validator cannot be compiled: " + deemster.PublicError(err).Title + ".", nil
	}
	built, err := builder.Build(ctx, build.Source{Language: from.Language, Program: program})
	if err != nil {
		return nil, "", err
	}
	if !built.OK {
		return nil, withEnd("The problem's validator does not compile:", []byte(built.Log)), built.Close()
	}
	return &validator{program: program, built: built, protocol: from.Protocol, scored: scored}, "", nil
}

// question is a run of a validator, and what it leaves.
type question struct {
	sandbox.Command
	judge, team, points, part, again bytes.Buffer
}

// question makes the command that asks about a test. The output is nil when the validator
// talks with the program instead.
func (v *validator) question(c testcase, output *os.File, f *feedback) (*question, error) {
	q := &question{Command: sandbox.Command{
		Args:       slices.Clone(v.program.Run),
		Env:        v.program.Env,
		KeepStderr: keptStderr,
		Limits:     v.program.Limits,
		Give:       []sandbox.Given{{Name: testInput, File: c.input}, {Name: testAnswer, File: c.answer}},
	}}
	in, answer := sandbox.ScratchDir+"/"+testInput, sandbox.ScratchDir+"/"+testAnswer
	if v.protocol == deemster.ProtocolTestlib {
		out := sandbox.ScratchDir + "/" + testOutput
		if output != nil {
			q.Give = append(q.Give, sandbox.Given{Name: testOutput, File: output})
		}
		q.Args = append(append(q.Args, in, out, answer), c.Args...)
		return q, nil
	}
	if output != nil {
		if _, err := output.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		q.Stdin = output
	}
	q.Args = append(append(q.Args, in, answer, sandbox.ScratchDir+"/"+feedbackDir), c.Args...)
	q.Take = []sandbox.Taken{
		{Name: feedbackDir + "judgemessage.txt", Limit: deemster.MaxFeedback, To: &q.judge},
		{Name: feedbackDir + "teammessage.txt", Limit: deemster.MaxFeedback, To: &q.team},
		{Name: feedbackDir + "score.txt", Limit: maxScoreFile, To: &q.points},
		{Name: feedbackDir + "score_multiplier.txt", Limit: maxScoreFile, To: &q.part},
	}
	f.keep(q)
	return q, nil
}

// ask runs the validator on an output.
func (v *validator) ask(ctx context.Context, box sandbox.Box, c testcase, output *os.File, f *feedback) (word, error) {
	q, err := v.question(c, output, f)
	if err != nil {
		return word{}, err
	}
	o, err := box.Run(ctx, q.Command)
	if err != nil {
		return word{}, err
	}
	if o.Ending == sandbox.Cancelled {
		return word{}, sandbox.ErrCancelled(ctx)
	}
	return v.word(o, q), nil
}

// word is what the validator's end means.
func (v *validator) word(o sandbox.Outcome, q *question) word {
	if how := v.broke(o, q.Limits); how != "" {
		return fault(how, o.Stderr)
	}
	if v.protocol == deemster.ProtocolTestlib {
		return v.testlibWord(o)
	}
	w := word{team: clipped(q.team.Bytes()), judge: clipped(q.judge.Bytes()), again: q.again.Len() > 0}
	switch {
	case o.ExitCode != exitAccept && o.ExitCode != exitReject:
		return fault(fmt.Sprintf("ended with exit status %d, which is neither %d nor %d", o.ExitCode, exitAccept, exitReject), o.Stderr)
	case o.ExitCode == exitReject && w.again:
		return fault("does not accept the output and asks for another pass", o.Stderr)
	case o.ExitCode == exitReject:
		return w
	}
	w.accepted = true
	for _, score := range []struct {
		file string
		text string
		to   **float64
	}{{"score.txt", q.points.String(), &w.points}, {"score_multiplier.txt", q.part.String(), &w.part}} {
		text := strings.TrimSpace(score.text)
		if score.text == "" {
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fault(fmt.Sprintf("wrote %.40q into %s, which is no number", text, score.file), o.Stderr)
		}
		*score.to = &n
	}
	return w
}

// broke says how a validator ended that did not end by itself.
func (v *validator) broke(o sandbox.Outcome, limits deemster.Limits) string {
	switch o.Ending {
	case sandbox.MemoryLimit:
		return fmt.Sprintf("needs more than the %v of memory that it is allowed", limits.Memory)
	case sandbox.CPULimit:
		return fmt.Sprintf("takes more than the %v of processor time that it is allowed", limits.CPU)
	case sandbox.WallLimit:
		return fmt.Sprintf("does not end within the %v that it is allowed", limits.Wall.Round(time.Millisecond))
	case sandbox.OutputLimit:
		return fmt.Sprintf("writes more than the %v that it is allowed", limits.Output)
	case sandbox.Signalled:
		return "was ended by " + o.Signal
	}
	return ""
}

// fault is the word of a validator that broke the rules.
func fault(how string, stderr []byte) word {
	return word{fault: withEnd("The problem's validator "+how+".", stderr)}
}

// clipped is a message of a validator's, readable and not too long.
func clipped(b []byte) string {
	text := strings.TrimSpace(build.Readable(b))
	return strings.ToValidUTF8(text[:min(len(text), int(deemster.MaxFeedback))], "")
}
