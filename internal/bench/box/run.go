package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// boxed runs one program in a prepared box, over and over: limits and filter on, input
// from a file, output collected.
type boxed struct {
	box     sandbox.Box
	command sandbox.Command
	input   *os.File
	output  bytes.Buffer
}

func (b *bench) boxed(e sandbox.Engine, program string) (*boxed, error) {
	box, err := e.NewBox(context.Background())
	if err != nil {
		return nil, err
	}
	p := &boxed{box: box, command: sandbox.Command{Args: []string{"/code/" + program}, Limits: limits}}
	content, err := os.ReadFile(b.path(program))
	if err == nil {
		err = box.WriteFile(program, content)
	}
	if err == nil {
		err = box.Seal()
	}
	if err == nil {
		p.input, err = os.Open(b.path("input"))
	}
	if err != nil {
		return nil, errors.Join(err, box.Close())
	}
	p.command.Stdin, p.command.Stdout = p.input, &p.output
	return p, nil
}

// run gives the time that each of n runs took.
func (p *boxed) run(n int) ([]time.Duration, error) {
	took := make([]time.Duration, n)
	for i := range took {
		p.output.Reset()
		if _, err := p.input.Seek(0, 0); err != nil {
			return nil, err
		}
		start := time.Now()
		o, err := p.box.Run(context.Background(), p.command)
		took[i] = time.Since(start)
		if err == nil && (o.Ending != sandbox.Exited || o.ExitCode != 0 || p.output.Len() == 0) {
			err = fmt.Errorf("%s: %+v", p.command.Args[0], o)
		}
		if err != nil {
			return nil, err
		}
	}
	return took, nil
}

func (p *boxed) close() error { return errors.Join(p.input.Close(), p.box.Close()) }

// inTurn measures two sides in turn, n runs at a time, after a warm-up.
func inTurn(pairs, n int, ours, bare func(int) ([]time.Duration, error), each func(ours, bare []time.Duration)) error {
	for i := range pairs + 1 {
		a, err := ours(n)
		if err != nil {
			return err
		}
		z, err := bare(n)
		if err != nil {
			return err
		}
		if i > 0 {
			each(a, z)
		}
	}
	return nil
}

// run is a program in a prepared box against the same program bare.
func (b *bench) run() error {
	for _, program := range []string{"hello", "hello-static"} {
		err := b.sides(program, 1, func(ours []*boxed, bare []*floor) error {
			var ratios, ourTimes, bareTimes []float64
			err := inTurn(b.pairs, 100, ours[0].run, bare[0].run, func(a, z []time.Duration) {
				ratios = append(ratios, float64(median(a))/float64(median(z)))
				ourTimes = append(ourTimes, milliseconds(median(a)))
				bareTimes = append(bareTimes, milliseconds(median(z)))
			})
			if err != nil {
				return err
			}
			name := "box.run_over_spawn"
			if program != "hello" {
				name += "_static"
			}
			figure(name, median(ratios), "x", "<=1.2")
			note("%s: boxed %.3f ms, bare %.3f ms; ratio of %d pairs from %.3f to %.3f", program,
				median(ourTimes), median(bareTimes), len(ratios), quantile(ratios, 0), quantile(ratios, 1))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sides opens n boxes with the program, and n floors.
func (b *bench) sides(program string, n int, use func([]*boxed, []*floor) error) (err error) {
	e, err := b.engine(0, n)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	var ours []*boxed
	var bare []*floor
	for range n {
		p, err := b.boxed(e, program)
		if err != nil {
			return err
		}
		defer p.close()
		f, err := b.floor(program)
		if err != nil {
			return err
		}
		defer f.close()
		ours, bare = append(ours, p), append(bare, f)
	}
	return use(ours, bare)
}

// parallel is two boxes at a time against two bare loops at a time, in runs a second.
func (b *bench) parallel() error {
	return b.sides("hello", 2, func(ours []*boxed, bare []*floor) error {
		together := func(run func(i int) error) (time.Duration, error) {
			var wait sync.WaitGroup
			errs := make([]error, 2)
			start := time.Now()
			for i := range 2 {
				wait.Go(func() { errs[i] = run(i) })
			}
			wait.Wait()
			return time.Since(start), errors.Join(errs...)
		}
		const runs = 100
		var ratios []float64
		var a, z time.Duration
		for i := range b.pairs + 1 {
			var err error
			if a, err = together(func(i int) error { _, err := ours[i].run(runs); return err }); err != nil {
				return err
			}
			if z, err = together(func(i int) error { _, err := bare[i].run(runs); return err }); err != nil {
				return err
			}
			if i > 0 {
				ratios = append(ratios, z.Seconds()/a.Seconds())
			}
		}
		figure("box.parallel_over_spawn", median(ratios), "x", ">=0.8")
		note("two at a time: boxed %.0f runs/s, bare %.0f runs/s (last pair)", 2*runs/a.Seconds(), 2*runs/z.Seconds())
		return nil
	})
}

// sparse is one run every 100 ms: what a lone user feels.
func (b *bench) sparse() error {
	return b.sides("hello", 1, func(ours []*boxed, bare []*floor) error {
		var ourTimes, bareTimes []time.Duration
		for range 10 * b.pairs / 3 {
			time.Sleep(100 * time.Millisecond)
			a, err := ours[0].run(1)
			if err != nil {
				return err
			}
			time.Sleep(100 * time.Millisecond)
			z, err := bare[0].run(1)
			if err != nil {
				return err
			}
			ourTimes, bareTimes = append(ourTimes, a[0]), append(bareTimes, z[0])
		}
		extra := func(q float64) float64 { return milliseconds(quantile(ourTimes, q) - quantile(bareTimes, q)) }
		figure("box.sparse_extra_ms", extra(0.5), "ms", "<=1")
		figure("box.sparse_extra_ms_p95", extra(0.95), "ms", "<=3")
		note("every 100 ms: boxed %.3f ms, bare %.3f ms in the median of %d", milliseconds(median(ourTimes)), milliseconds(median(bareTimes)), len(ourTimes))
		return nil
	})
}
