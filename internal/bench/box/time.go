package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// timedRuns is how often the fixed work is run alone, and as often beside a busy core.
const timedRuns = 100

// time is how much the time reported for the same work varies, alone and beside a
// program that keeps the other cores busy.
func (b *bench) time() (err error) {
	e, err := b.engine(0, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	box, err := e.NewBox(context.Background())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	if err := box.Seal(); err != nil {
		return err
	}
	work := func(steps int) (time.Duration, error) {
		o, err := box.Run(context.Background(), sandbox.Command{Args: []string{"/bench/work", strconv.Itoa(steps)}, Limits: limits})
		if err == nil && (o.Ending != sandbox.Exited || o.ExitCode != 0) {
			err = fmt.Errorf("%+v", o)
		}
		return o.CPU, err
	}
	probe, err := work(100)
	if err != nil {
		return err
	}
	steps := int(100 * 500 * time.Millisecond / probe)
	var alone, busy []time.Duration
	for range timedRuns / 10 { // in turn, so that a slow minute of the machine hits both
		if err := repeat(10, steps, work, &alone); err != nil {
			return err
		}
		stop, err := b.keepBusy(runtime.NumCPU() - 1)
		if err != nil {
			return err
		}
		if err := errors.Join(repeat(10, steps, work, &busy), stop()); err != nil {
			return err
		}
	}
	spread := func(list []time.Duration) float64 {
		return 100 * (quantile(list, 0.95) - quantile(list, 0.05)).Seconds() / 2 / median(list).Seconds()
	}
	shift := 100 * (median(busy) - median(alone)).Seconds() / median(alone).Seconds()
	figure("box.time_spread_alone_pct", spread(alone), "%", "<=2")
	figure("box.time_shift_busy_pct", max(shift, -shift), "%", "<=5")
	note("alone %.1f ms (90 of 100 within ±%.2f %%), beside busy cores %.1f ms (±%.2f %%)",
		milliseconds(median(alone)), spread(alone), milliseconds(median(busy)), spread(busy))
	return nil
}

func repeat(n, steps int, work func(int) (time.Duration, error), times *[]time.Duration) error {
	for range n {
		took, err := work(steps)
		if err != nil {
			return err
		}
		*times = append(*times, took)
	}
	return nil
}

// keepBusy runs n endless loops outside any box until it is told to stop.
func (b *bench) keepBusy(n int) (stop func() error, err error) {
	var loops []*exec.Cmd
	stop = func() error {
		for _, l := range loops {
			_ = l.Process.Kill()
			_ = l.Wait() // killed: it ends with an error, as it should
		}
		return nil
	}
	for range n {
		l := exec.Command(b.path("work"), "1000000000")
		if err := l.Start(); err != nil {
			return nil, errors.Join(err, stop())
		}
		loops = append(loops, l)
	}
	return stop, nil
}
