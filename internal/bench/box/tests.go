package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

const testCount = 100

// tests is a whole judgement of A+B in C++ with a hundred tests, without the compile,
// against a bare loop of a hundred runs of the program linked dynamically.
func (b *bench) tests() (err error) {
	languages, err := lang.Load(nil)
	if err != nil {
		return err
	}
	static, ok := lang.ByID(languages, "cpp")
	if !ok {
		return errors.New("there is no language cpp")
	}
	e, err := b.engine(0, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	bare, err := b.floor("sum")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.close()) }()

	for _, c := range []struct {
		name, target string
		language     lang.Language
	}{
		{"box.tests100_over_loop", "<=0.75", static},
		{"box.tests100_over_loop_dynamic", "<=1.25", dynamic(static)},
	} {
		task, err := b.task(c.language)
		if err != nil {
			return err
		}
		var ratios, ours, loops []float64
		for i := range b.pairs + 1 {
			took, err := judged(e, task)
			if err != nil {
				return err
			}
			runs, err := bare.run(testCount)
			if err != nil {
				return err
			}
			var loop time.Duration
			for _, r := range runs {
				loop += r
			}
			if i == 0 {
				continue
			}
			ratios = append(ratios, took.Seconds()/loop.Seconds())
			ours, loops = append(ours, milliseconds(took)), append(loops, milliseconds(loop))
		}
		figure(c.name, median(ratios), "x", c.target)
		note("%d tests judged in %.1f ms, %d bare runs in %.1f ms", testCount, median(ours), testCount, median(loops))
	}
	return nil
}

// dynamic is the language without static linking.
func dynamic(l lang.Language) lang.Language {
	var compile [][]string
	for _, command := range l.Compile {
		compile = append(compile, slices.DeleteFunc(slices.Clone(command), func(arg string) bool { return arg == "-static" }))
	}
	l.Compile = compile
	return l
}

func (b *bench) task(l lang.Language) (judge.Task, error) {
	source, err := programs.ReadFile("programs/sum.cpp")
	if err != nil {
		return judge.Task{}, err
	}
	if err := os.WriteFile(b.path("answer"), []byte("42\n"), 0o644); err != nil {
		return judge.Task{}, err
	}
	open := func(name string) func(context.Context) (*os.File, error) {
		return func(context.Context) (*os.File, error) { return os.Open(b.path(name)) }
	}
	task := judge.Task{Language: l, Files: []deemster.File{{Name: "sum.cpp", Content: string(source)}}, Limits: limits}
	for i := range testCount {
		task.Tests = append(task.Tests, judge.Test{Name: strconv.Itoa(i), Input: open("input"), Answer: open("answer")})
	}
	return task, nil
}

// judged gives the time from the end of the compile to the last test's end.
func judged(e sandbox.Engine, task judge.Task) (time.Duration, error) {
	var start, end time.Time
	result, err := judge.Judge(context.Background(), build.New(e), task, func(stage string, done int, _ *deemster.TestResult) {
		switch {
		case stage == "running" && done == 0:
			start = time.Now()
		case done == len(task.Tests):
			end = time.Now()
		}
	})
	if err == nil && result.Verdict != deemster.Accepted {
		err = fmt.Errorf("A+B is %s: %s", result.Verdict, result.CompileLog)
	}
	return end.Sub(start), err
}
