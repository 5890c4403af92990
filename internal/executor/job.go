package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/judge"
)

const (
	// defaultReturn is how long a ticket waits that was handed back without a word of when.
	defaultReturn = time.Second
	// reportPause is between two tries to hand in a report; it doubles up to
	// reportPauseMax.
	reportPause    = 100 * time.Millisecond
	reportPauseMax = 5 * time.Second
)

// handle takes one ticket from claim to report. ctx ends, with errStopping, only when the
// executor stops and the grace period is over.
func (e *Executor) handle(ctx context.Context, delivery *bus.Delivery) {
	job, err := bus.Call(ctx, e.Bus, bus.ClaimJob, deemster.Claim{
		Submission: delivery.Submission, Executor: e.id, Languages: e.languageIDs,
	})
	if err != nil {
		e.decline(delivery, err)
		return
	}
	log := e.Log.With("submission", job.Submission, "attempt", job.Attempt)
	log.Info("executor: judging", "problem", job.Problem, "version", job.ProblemVersion, "language", job.Language)

	ctx, lost := context.WithCancelCause(ctx)
	defer lost(nil)
	go e.hold(ctx, delivery, job, lost)

	report, err := e.judge(ctx, job)
	switch {
	case errors.Is(context.Cause(ctx), errLost):
		// The ticket is another's too, so it is not ours to end.
		log.Warn("executor: lost the attempt; nothing is reported")
		return
	case err != nil && errors.Is(context.Cause(ctx), errStopping):
		report = deemster.Report{Returned: true}
	case err != nil:
		log.Error("executor: could not judge", "err", err)
		report = deemster.Report{Failure: cut(err.Error(), maxFailure)}
	}
	report.Submission, report.Attempt, report.Executor = job.Submission, job.Attempt, e.id
	if err := e.report(ctx, report); err != nil {
		// The lease runs out and the ticket comes again.
		log.Error("executor: the report is lost; another will judge", "err", err)
		return
	}
	log.Info("executor: reported", "verdict", report.Verdict, "returned", report.Returned)
	e.ack(delivery)
}

// decline does with a ticket what the refusal of its claim asks for.
func (e *Executor) decline(delivery *bus.Delivery, refusal error) {
	log := e.Log.With("submission", delivery.Submission)
	wait := defaultReturn
	switch deemster.KindOf(refusal) {
	case deemster.NotFound, deemster.Conflict:
		log.Debug("executor: dropped a ticket with nothing to do", "reason", refusal)
		e.ack(delivery)
		return
	case deemster.Unavailable:
		if after := deemster.PublicError(refusal).RetryAfter; after > 0 {
			wait = after
		}
		log.Debug("executor: handed a ticket back", "reason", refusal)
	default:
		log.Error("executor: claim failed; the ticket is handed back", "err", refusal)
	}
	if err := delivery.Return(wait); err != nil {
		log.Warn("executor: ticket not handed back; it comes again by itself", "err", err)
	}
}

// ack takes the ticket out of the queue. If that fails it comes again, and its claim is
// refused.
func (e *Executor) ack(delivery *bus.Delivery) {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := delivery.Ack(ctx); err != nil {
		e.Log.Warn("executor: ticket not acknowledged", "submission", delivery.Submission, "err", err)
	}
}

// hold keeps ticket and lease ours until ctx ends, and calls lost when the attempt has
// become another's. A bus that is away for a while is no reason to stop: if the lease
// runs out meanwhile, the report is refused.
func (e *Executor) hold(ctx context.Context, delivery *bus.Delivery, job deemster.Job, lost context.CancelCauseFunc) {
	ticker := time.NewTicker(e.heartbeat)
	defer ticker.Stop()
	lease := deemster.Lease{Submission: job.Submission, Attempt: job.Attempt, Executor: e.id}
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		if err := delivery.Keep(); err != nil {
			e.Log.Warn("executor: ticket not kept", "submission", job.Submission, "err", err)
		}
		renewal, cancel := context.WithTimeout(ctx, e.heartbeat)
		_, err := bus.Call(renewal, e.Bus, bus.RenewLease, lease)
		cancel()
		switch deemster.KindOf(err) {
		case "":
		case deemster.Conflict, deemster.NotFound:
			lost(errLost)
			return
		default:
			e.Log.Warn("executor: lease not renewed", "submission", job.Submission, "err", err)
		}
	}
}

// judge judges a job. A panic is an error of ours like any other, so that one job that
// trips us does not take the others with it.
func (e *Executor) judge(ctx context.Context, job deemster.Job) (report deemster.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			e.Log.Error("executor: panic", "submission", job.Submission, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("executor: panic: %v", p)
		}
	}()
	version, err := e.versions.get(ctx, job.Problem, job.ProblemVersion)
	if err != nil {
		return report, err
	}
	task, err := e.task(ctx, job, version)
	if err != nil {
		return report, err
	}
	result, err := judge.Judge(ctx, e.builder, task, newProgress(e.Bus, job, len(task.Tests)).observe)
	if err != nil {
		return report, fmt.Errorf("executor: judge: %w", err)
	}
	report = deemster.Report{
		Verdict: result.Verdict, Score: result.Score, MaxScore: result.MaxScore, TimeMS: result.TimeMS, Memory: result.Memory,
		CompileLog: result.CompileLog, Tests: result.Tests,
		Provenance: deemster.Provenance{
			Executor: e.id, CPU: e.cpu, Toolchain: e.toolchains[job.Language],
			ProblemHash: version.Hash, Box: e.Engine.Name(), Cached: result.Cached,
		},
	}
	if result.Verdict == deemster.JudgeError {
		report.Failure, report.Final = result.Message, true
	}
	return report, nil
}

// report hands a report in, again and again for as long as the lease may last without a
// renewal. While ctx is alive the lease is being renewed, but whoever cannot reach the
// bus cannot renew it either.
func (e *Executor) report(ctx context.Context, report deemster.Report) error {
	within := deemster.LeaseTime
	if ctx.Err() != nil {
		within = stopTime
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	if err := fit(&report); err != nil {
		return err
	}
	for pause := reportPause; ; pause = min(2*pause, reportPauseMax) {
		err := e.Bus.Report(ctx, report)
		if err == nil {
			return nil
		}
		e.Log.Warn("executor: report not taken; trying again", "submission", report.Submission, "err", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
	}
}
