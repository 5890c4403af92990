package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// stopWithin bounds the stop of all parts together.
const stopWithin = 25 * time.Second

// part is something that runs until its context ends.
type part struct {
	name string
	run  func(context.Context) error
}

// running is a part that was started.
type running struct {
	name string
	stop context.CancelFunc
	done chan struct{} // closed when it has ended
	err  error         // why, once it has
}

// runParts starts parts in order and runs them until ctx ends or one of them does. Then
// it stops them one by one, the last started first, so that each can rely on those
// before it to its end. It returns nil when all ended because ctx did.
func runParts(ctx context.Context, parts []part, log *slog.Logger) error {
	ended := make(chan *running, len(parts))
	var all []*running
	for _, p := range parts {
		all = append(all, start(ctx, p, ended))
	}
	var err error
	select {
	case <-ctx.Done():
		log.Info("app: stopping")
	case r := <-ended:
		if err = r.err; err == nil {
			err = errors.New("it ended by itself")
		}
		err = fmt.Errorf("%s: %w", r.name, err)
	}
	return errors.Join(err, stopParts(all, err == nil))
}

// start runs a part with a context of its own, which ends only when the part is stopped.
func start(ctx context.Context, p part, ended chan<- *running) *running {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	r := &running{name: p.name, stop: stop, done: make(chan struct{})}
	go func() {
		r.err = p.run(ctx)
		if errors.Is(r.err, context.Canceled) && ctx.Err() != nil {
			r.err = nil
		}
		ended <- r
		close(r.done)
	}()
	return r
}

// stopParts stops what runs, the last started first. With tell it reports what the parts
// said at their end; without, an earlier error has been told already.
func stopParts(all []*running, tell bool) error {
	timer := time.NewTimer(stopWithin)
	defer timer.Stop()
	var errs []error
	for i := len(all) - 1; i >= 0; i-- {
		r := all[i]
		r.stop()
		select {
		case <-r.done:
			if tell && r.err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", r.name, r.err))
			}
		case <-timer.C:
			var names []string
			for _, late := range all[:i+1] {
				late.stop()
				names = append(names, late.name)
			}
			return errors.Join(append(errs, fmt.Errorf("not stopped within %s: %s", stopWithin, strings.Join(names, ", ")))...)
		}
	}
	return errors.Join(errs...)
}
