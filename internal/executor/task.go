package executor

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
)

// maxValidator bounds the sources of a problem's own program; testlib.h alone has 200 KiB.
const maxValidator = 4 * deemster.MiB

// task is what a job asks to be judged.
func (e *Executor) task(ctx context.Context, job deemster.Job, version deemster.ProblemVersion) (judge.Task, error) {
	language, ok := lang.ByID(e.Languages, job.Language)
	if !ok && !version.Mode.SubmitAnswer {
		return judge.Task{}, fmt.Errorf("executor: language %q is not available on %s", job.Language, e.host)
	}
	task := judge.Task{
		Language: language, Files: job.Files, Mode: version.Mode, Signature: version.Signature, Limits: version.Limits,
		Checker: version.Checker, Groups: version.Groups, Tests: e.tests(version.Tests),
		Spare: e.places.spare,
	}
	if version.Validator == nil {
		return task, nil
	}
	validator, err := e.validator(ctx, *version.Validator)
	if err != nil {
		return task, fmt.Errorf("executor: validator of %s: %w", version.Slug, err)
	}
	task.Validator = &validator
	return task, nil
}

// validator fetches a problem's own program.
func (e *Executor) validator(ctx context.Context, v deemster.Validator) (judge.Validator, error) {
	files := make([]deemster.File, len(v.Files))
	room := maxValidator
	for i, f := range v.Files {
		content, err := e.read(ctx, f.Content, room)
		if err != nil {
			return judge.Validator{}, fmt.Errorf("%s: %w", f.Name, err)
		}
		room -= deemster.Bytes(len(content))
		files[i] = deemster.File{Name: f.Name, Content: content}
	}
	language, ok := lang.OfFiles(e.Languages, v.Language, files)
	if !ok {
		return judge.Validator{}, deemster.Errorf(deemster.Unavailable, "its language %s is not available on %s", v.Language, e.host)
	}
	return judge.Validator{Language: language, Files: files, Protocol: v.Protocol, Limits: v.Limits}, nil
}

// read gives a blob of at most limit bytes.
func (e *Executor) read(ctx context.Context, h deemster.Hash, limit deemster.Bytes) (string, error) {
	f, err := e.cache.open(ctx, h)
	if err != nil {
		return "", err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err == nil && deemster.Bytes(len(content)) > limit {
		err = deemster.Errorf(deemster.TooLarge, "it is larger than %v", limit)
	}
	return string(content), err
}

// tests makes tests whose data comes out of the cache when it is needed.
func (e *Executor) tests(all []deemster.Test) []judge.Test {
	tests := make([]judge.Test, len(all))
	for i, t := range all {
		tests[i] = judge.Test{
			Name: t.Name, Group: t.Group, Sample: t.Sample, Checker: t.Checker, Args: t.Args,
			Input:  func(ctx context.Context) (*os.File, error) { return e.cache.open(ctx, t.Input) },
			Answer: func(ctx context.Context) (*os.File, error) { return e.cache.open(ctx, t.Answer) },
		}
	}
	return tests
}
