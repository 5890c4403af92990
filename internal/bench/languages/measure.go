package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/judge"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// manyNumbers is how many the self-test adds up to show that it reads quickly.
const manyNumbers = 200_000

// measured is what is known of a language after its tests.
type measured struct {
	sum struct {
		small, large deemster.Verdict // of two numbers, of many
		cpu          time.Duration    // that many took
	}
	heap       string        // what programs near and beyond the memory limit got
	cold, warm time.Duration // compiling for the first time, and again
	start      time.Duration // the program without any input, in a box
	overBare   float64       // the same against the program without a box
}

// measure tries and measures a language. What it could not measure is nothing; the error
// says what is not as it should be.
func (b *bench) measure(ctx context.Context, l lang.Language) (measured, error) {
	m := measured{heap: "–"}
	m.sum.small, m.sum.large = deemster.Skipped, deemster.Skipped
	file, err := l.SelfTest()
	if err != nil {
		return m, err
	}
	files := []deemster.File{file}
	result, err := b.judge(ctx, l, files, []judge.Test{test("small", "20 22\n", "42\n")}, 0)
	if err != nil {
		return m, err
	}
	m.sum.small = result.Verdict
	if result.Verdict != deemster.Accepted {
		return m, complain("two numbers", result)
	}
	input, answer := numbers(manyNumbers)
	if result, err = b.judge(ctx, l, files, []judge.Test{test("large", input, answer)}, 0); err != nil {
		return m, err
	}
	m.sum.large, m.sum.cpu = result.Verdict, time.Duration(result.TimeMS)*time.Millisecond
	if result.Verdict != deemster.Accepted {
		return m, complain("many numbers", result)
	}
	return m, errors.Join(b.start(ctx, l, files, &m), b.heap(ctx, l, &m))
}

func complain(what string, r judge.Result) error {
	said := r.CompileLog
	for _, t := range r.Tests {
		said += fmt.Sprintf("%d ms, %v: %s", t.TimeMS, t.Memory, t.Feedback)
	}
	return fmt.Errorf("%s: %s: %.1000s", what, r.Verdict, strings.TrimSpace(said))
}

func (b *bench) judge(ctx context.Context, l lang.Language, files []deemster.File, tests []judge.Test, memory deemster.Bytes) (judge.Result, error) {
	limits := deemster.Limits{Memory: memory}
	task := judge.Task{Language: l, Files: files, Limits: limits.Or(deemster.DefaultLimits), Tests: tests, All: true}
	return judge.Judge(ctx, build.New(b.engine), task, func(string, int, *deemster.TestResult) {})
}

// numbers are n numbers, two a line, and their sum.
func numbers(n int) (input, answer string) {
	var text strings.Builder
	sum, x := 0, uint32(1)
	for i := range n {
		x = x*1664525 + 1013904223 // a linear congruential generator: the same numbers everywhere
		number := int(x >> 2)
		sum += number
		fmt.Fprintf(&text, "%d%c", number, " \n"[i%2])
	}
	return text.String(), fmt.Sprintln(sum)
}

// test is a test whose data is in memory.
func test(name, input, answer string) judge.Test {
	return judge.Test{Name: name, Input: inMemory(input), Answer: inMemory(answer)}
}

func inMemory(content string) func(context.Context) (*os.File, error) {
	return func(context.Context) (*os.File, error) {
		file, err := os.CreateTemp("", "deemster-bench-")
		if err != nil {
			return nil, err
		}
		_, err = file.WriteString(content)
		if err == nil {
			_, err = file.Seek(0, io.SeekStart)
		}
		if err = errors.Join(err, os.Remove(file.Name())); err != nil {
			return nil, errors.Join(err, file.Close())
		}
		return file, nil
	}
}

// The sizes that a program is asked to hold under a limit of heapLimit.
const (
	heapLimit  = 256 * deemster.MiB
	heapFits   = 200 // MiB: about 80 % of the limit
	heapBeyond = 480 // MiB: beyond it, with what a runtime gets on top
)

// heap tries a program that holds as much as it is asked to.
func (b *bench) heap(ctx context.Context, l lang.Language, m *measured) error {
	file, ok := l.HeapTest()
	if !ok {
		return nil
	}
	result, err := b.judge(ctx, l, []deemster.File{file}, []judge.Test{
		test("fits", fmt.Sprintln(heapFits), fmt.Sprintln(heapFits)),
		test("beyond", fmt.Sprintln(heapBeyond), fmt.Sprintln(heapBeyond)),
	}, heapLimit)
	if err != nil {
		return err
	}
	if len(result.Tests) != 2 {
		return complain("holding memory", result)
	}
	m.heap = string(result.Tests[0].Verdict) + "/" + string(result.Tests[1].Verdict)
	if v := result.Tests[1].Verdict; result.Tests[0].Verdict != deemster.Accepted || v != deemster.MemoryLimitExceeded && v != deemster.RunTimeError {
		return complain("holding memory", result)
	}
	return nil
}

// start measures compiling, and the program's start in a box and bare, in turn.
func (b *bench) start(ctx context.Context, l lang.Language, files []deemster.File, m *measured) error {
	program, err := l.Program(files, deemster.DefaultLimits)
	if err != nil {
		return err
	}
	source := build.Source{Language: l, Program: program}
	var compiles []time.Duration
	for range 1 + 3 {
		begun := time.Now()
		built, err := build.New(b.engine).Build(ctx, source)
		if err != nil {
			return err
		}
		compiles = append(compiles, time.Since(begun))
		if err := built.Close(); err != nil {
			return err
		}
	}
	m.cold, m.warm = compiles[0], median(compiles[1:])
	bare, err := b.bare(ctx, program)
	if err != nil {
		return err
	}
	defer bare.close()
	built, err := build.New(b.engine).Build(ctx, source)
	if err != nil {
		return err
	}
	box, err := built.Box(ctx)
	if err != nil {
		return errors.Join(err, built.Close())
	}
	defer func() { _ = errors.Join(box.Close(), built.Close()) }()
	var starts []time.Duration
	var ratios []float64
	for i := range b.pairs + 1 {
		boxed, err := boxedRun(ctx, box, program)
		if err != nil {
			return err
		}
		alone, err := bare.run(ctx)
		if err != nil {
			return err
		}
		if i > 0 { // the first pair fills caches
			starts, ratios = append(starts, boxed), append(ratios, boxed.Seconds()/alone.Seconds())
		}
	}
	m.start, m.overBare = median(starts), median(ratios)
	return nil
}

func boxedRun(ctx context.Context, box sandbox.Box, program lang.Program) (time.Duration, error) {
	begun := time.Now()
	o, err := box.Run(ctx, sandbox.Command{
		Args: program.Run, Env: program.Env, KeepStderr: deemster.KiB, Limits: program.Limits,
	})
	if err == nil && (o.Ending != sandbox.Exited || o.ExitCode != 0) {
		err = fmt.Errorf("without input, in a box: %s %d %s %s", o.Ending, o.ExitCode, o.Signal, o.Stderr)
	}
	return time.Since(begun), err
}

// bareProgram is a program compiled in a directory of this machine.
type bareProgram struct {
	dir  string
	args []string
	env  []string
}

// bare compiles a program as boxes do, without a box.
func (b *bench) bare(ctx context.Context, program lang.Program) (_ *bareProgram, err error) {
	dir, err := os.MkdirTemp("", "deemster-bench-")
	if err != nil {
		return nil, err
	}
	here := func(args []string) []string {
		args = slices.Clone(args)
		for i := range args {
			args[i] = strings.ReplaceAll(strings.ReplaceAll(args[i], sandbox.CodeDir, dir), lang.CacheDir, b.cache)
		}
		return args
	}
	p := &bareProgram{dir: dir, args: here(program.Run)}
	p.env = append([]string{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + dir, "TMPDIR=" + dir}, here(program.Env)...)
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	for _, f := range program.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), []byte(f.Content), 0o644); err != nil {
			return nil, err
		}
	}
	for _, args := range program.Compile {
		args = here(args)
		command := exec.CommandContext(ctx, args[0], args[1:]...)
		command.Dir, command.Env = dir, p.env
		if output, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("without a box: %s: %w: %.300s", args[0], err, output)
		}
	}
	return p, nil
}

func (p *bareProgram) run(ctx context.Context) (time.Duration, error) {
	var said bytes.Buffer
	begun := time.Now()
	command := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	command.Dir, command.Env, command.Stderr = p.dir, p.env, &said
	if err := command.Run(); err != nil {
		return 0, fmt.Errorf("without input or box: %w: %.300s", err, &said)
	}
	return time.Since(begun), nil
}

func (p *bareProgram) close() { _ = os.RemoveAll(p.dir) }

func median[T ~int64 | ~float64](list []T) T {
	return slices.Sorted(slices.Values(list))[len(list)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000) }
