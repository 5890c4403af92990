package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// fresh is a box from nothing to the first instruction of its first program, from the
// pool, and its end.
func (b *bench) fresh() (err error) {
	e, err := b.engine(0, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	var made, taken, ended []time.Duration
	for range 12 * b.pairs {
		start, err := monotonic()
		if err != nil {
			return err
		}
		box, err := e.NewBox(context.Background())
		if err != nil {
			return err
		}
		began, err := firstInstruction(box)
		if err != nil {
			return errors.Join(err, box.Close())
		}
		made = append(made, began-start)
		closing := time.Now()
		if err := box.Close(); err != nil {
			return err
		}
		ended = append(ended, time.Since(closing))
	}
	pooled, err := b.engine(4, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pooled.Close()) }()
	for range 3 * b.pairs {
		time.Sleep(30 * time.Millisecond) // the pool is full again
		start := time.Now()
		box, err := pooled.NewBox(context.Background())
		taken = append(taken, time.Since(start))
		if err == nil {
			err = box.Close()
		}
		if err != nil {
			return err
		}
	}
	figure("box.fresh_ms_p50", milliseconds(median(made)), "ms", "<=15")
	figure("box.fresh_ms_p99", milliseconds(quantile(made, 0.99)), "ms", "<=40")
	figure("box.pooled_ms_p50", milliseconds(median(taken)), "ms", "<=0.3")
	figure("box.destroy_ms_p50", milliseconds(median(ended)), "ms", "<=10")
	note("%d boxes made one after the other, %d taken from a pool of 4", len(made), len(taken))
	return nil
}

func monotonic() (time.Duration, error) {
	var t unix.Timespec
	err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &t)
	return time.Duration(t.Nano()), err
}

// firstInstruction runs the program that prints when it began.
func firstInstruction(box sandbox.Box) (time.Duration, error) {
	var out bytes.Buffer
	o, err := box.Run(context.Background(), sandbox.Command{Args: []string{"/bench/clock"}, Stdout: &out, Limits: limits})
	if err != nil {
		return 0, err
	}
	at, err := strconv.ParseInt(strings.TrimSpace(out.String()), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%+v: %w", o, err)
	}
	return time.Duration(at), nil
}
