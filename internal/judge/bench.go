package judge

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// bench is a place where tests are run one after the other: the boxes of a slot.
type bench struct {
	program   sandbox.Box // nil when the submission is no program
	validator sandbox.Box // nil when outputs are compared
	output    *os.File    // what the program printed, for the validator; nil before the first use
}

// newBench takes the boxes that tests of this judgement need.
func (j *judgement) newBench(ctx context.Context) (_ *bench, err error) {
	b := &bench{}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("judge: get a box: %w", err), b.close())
		}
	}()
	if j.built != nil {
		if b.program, err = j.built.Box(ctx); err != nil {
			return nil, err
		}
	}
	if j.validator == nil {
		return b, nil
	}
	if b.validator, err = j.validator.built.Box(ctx); err == nil && b.program != nil {
		err = b.validator.Beside(b.program)
	}
	return b, err
}

func (b *bench) close() error {
	var errs []error
	for _, box := range []sandbox.Box{b.program, b.validator} {
		if box != nil {
			errs = append(errs, box.Close())
		}
	}
	if b.output != nil {
		errs = append(errs, b.output.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("judge: close the boxes: %w", err)
	}
	return nil
}

// emptyOutput is the bench's own file for an output, as if it were new.
func (b *bench) emptyOutput() (*os.File, error) {
	var err error
	if b.output == nil {
		if b.output, err = unnamedFile(); err != nil {
			return nil, err
		}
	}
	return b.output, emptied(b.output)
}

// unnamedFile is a file that goes with its descriptor.
func unnamedFile() (*os.File, error) {
	f, err := os.CreateTemp("", "deemster-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
