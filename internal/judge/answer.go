package judge

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/checker"
)

// answer looks at the output that was handed in for a test.
func (j *judgement) answer(ctx context.Context, b *bench, c testcase, t *trial) error {
	name := path.Base(c.Name) + ".out"
	output, ok := j.handedIn(name)
	if !ok {
		t.Verdict, t.Feedback = deemster.WrongAnswer, fmt.Sprintf("There is no file %s.", name)
		return nil
	}
	if j.validator == nil {
		comparison := checker.New(c.answer, j.flags(c))
		_, _ = io.Copy(comparison, strings.NewReader(output)) // it takes everything
		right, difference, err := comparison.Close()
		if err != nil {
			return err
		}
		t.judged(word{accepted: right, team: difference})
		return nil
	}
	file, err := b.emptyOutput()
	if err != nil {
		return fmt.Errorf("keep the output: %w", err)
	}
	if _, err := file.WriteString(output); err != nil {
		return fmt.Errorf("keep the output: %w", err)
	}
	w, err := j.validator.ask(ctx, b.validator, c, file, nil)
	if err != nil {
		return fmt.Errorf("validator: %w", err)
	}
	t.judged(w)
	return nil
}

// handedIn is the content of the submission's file of that name. The only file for the
// only test may have any name.
func (j *judgement) handedIn(name string) (string, bool) {
	if len(j.Files) == 1 && len(j.Tests) == 1 {
		return j.Files[0].Content, true
	}
	for _, f := range j.Files {
		if f.Name == name {
			return f.Content, true
		}
	}
	return "", false
}
