// Package executor is the role that judges. It pulls tickets from the lanes, claims the
// job behind each from the submission role, fetches the test data it needs into a cache
// on the local disk, judges in a fresh box, tells every test as it ends, and reports.
//
// It owns nothing that must last. What it holds of a job is a lease that it renews: when
// it dies or is cut off the lease runs out, the ticket comes to another executor, and
// what this one might still report is of an old attempt and does not count.
//
// Its own failures are never a verdict: they go into the report's Failure, and the
// submission role decides whether to try again.
//
// When no ticket waits and a slot is free, it runs programs for people who only want to
// see what they print (run.go). A run never keeps a submission waiting: it makes room.
package executor

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

const (
	announcePause = 5 * time.Second
	// waitAtMost bounds the wait for a ticket that gives no sign when it comes: one that
	// was handed back, or whose executor died.
	waitAtMost = time.Second
	// stopTime is what is left to hand jobs back once the grace period is over.
	stopTime = 5 * time.Second
)

// Why the judging of a job ends before it is done.
var (
	errStopping = errors.New("executor: stopping")
	errLost     = errors.New("executor: the attempt is another's by now")
)

// Config is what an executor works with.
type Config struct {
	Bus       *bus.Bus
	Blobs     blob.Store
	Engine    sandbox.Engine
	Languages []lang.Language         // those this machine has
	Info      []deemster.LanguageInfo // of all, also what is missing
	Slots     int                     // jobs at a time; 0 is all cores but one, and at least one
	CacheDir  string                  // for test data; no other process may use it
	Cache     deemster.Bytes          // what CacheDir may hold; 0 is DefaultCache
	BuildDir  string                  // for what was compiled; no other process may use it
	Builds    deemster.Bytes          // what BuildDir may hold; 0 is build.DefaultCache
	Grace     time.Duration           // how long jobs may go on when the executor stops; 0 is DefaultGrace
	Log       *slog.Logger
	Clock     func() time.Time // nil is time.Now
}

// What holds when a [Config] does not say.
const (
	DefaultCache = 2 * deemster.GiB
	DefaultGrace = 10 * time.Second
)

// DefaultSlots leaves one core to the rest of the machine, so that what is measured is
// the program alone.
func DefaultSlots() int { return max(1, runtime.NumCPU()-1) }

// Executor judges what it pulls.
type Executor struct {
	Config
	id          string
	host        string
	cpu         string
	languageIDs []string
	toolchains  map[string]string
	versions    *versions
	builder     *build.Builder
	builds      *build.Cache
	cache       *cache
	started     time.Time
	heartbeat   time.Duration // between two renewals of a lease
	busy        atomic.Int32
	places      *places // while it runs
}

// New makes an executor and takes its directories. Run gives them back.
func New(c Config) (*Executor, error) {
	if c.Slots == 0 {
		c.Slots = DefaultSlots()
	}
	if c.Cache == 0 {
		c.Cache = DefaultCache
	}
	if c.Builds == 0 {
		c.Builds = build.DefaultCache
	}
	if c.Grace == 0 {
		c.Grace = DefaultGrace
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("executor: %w", err)
	}
	var unique [4]byte
	_, _ = rand.Read(unique[:]) // it never fails
	e := &Executor{
		Config:     c,
		id:         host + "-" + hex.EncodeToString(unique[:]),
		host:       host,
		cpu:        cpuModel(),
		toolchains: map[string]string{},
		versions:   &versions{bus: c.Bus},
		started:    c.Clock(),
		// Two of three renewals may be lost before the lease runs out.
		heartbeat: deemster.LeaseTime / 3,
	}
	e.Log = c.Log.With("executor", e.id)
	e.languageIDs = []string{deemster.TextLanguage}
	for _, l := range c.Languages {
		e.languageIDs = append(e.languageIDs, l.ID)
	}
	for _, info := range c.Info {
		e.toolchains[info.ID] = info.Version
	}
	if e.cache, err = openCache(c.CacheDir, c.Cache, c.Blobs); err != nil {
		return nil, fmt.Errorf("executor: %w", err)
	}
	if e.builds, err = build.OpenCache(c.BuildDir, c.Builds, e.Log); err != nil {
		e.cache.close()
		return nil, fmt.Errorf("executor: %w", err)
	}
	e.builder = build.Keeping(c.Engine, e.builds)
	return e, nil
}

// Run judges until ctx ends. Then it takes no more tickets, lets the jobs at hand end
// within the grace period, hands back those that do not, and returns.
func (e *Executor) Run(ctx context.Context) error {
	defer e.cache.close()
	defer func() {
		e.builder.Close()
		if err := e.builds.Close(); err != nil {
			e.Log.Warn("executor: builds not given back", "err", err)
		}
	}()
	queue, err := e.Bus.Queue(ctx)
	if err != nil {
		return fmt.Errorf("executor: %w", err)
	}
	defer queue.Close()
	runs, err := e.hearRuns(ctx, queue.Wake)
	if err != nil {
		return err
	}
	// Whoever hears from this executor may count on it that it hears of runs.
	if err := e.Bus.RollCalls(ctx, e.announce); err != nil {
		return fmt.Errorf("executor: %w", err)
	}
	go e.announceRegularly(ctx)
	e.Log.Info("executor: ready", "slots", e.Slots, "box", e.Engine.Name(), "languages", len(e.Languages))

	working, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	var jobs sync.WaitGroup
	e.places = newPlaces(e.Slots, queue.Wake)
	turns := newTurns()
	for e.places.await(ctx) {
		delivery := e.pull(queue, turns)
		switch {
		case delivery != nil:
			e.places.take()
			e.busy.Add(1)
			jobs.Go(func() {
				defer func() { e.busy.Add(-1); e.places.giveBack(nil) }()
				e.handle(working, delivery)
			})
		case e.startRun(working, runs, &jobs):
		default:
			queue.Wait(ctx, waitAtMost)
		}
	}
	e.drain(&jobs, stop)
	return nil
}

// pull takes the next ticket; nil when none waits.
func (e *Executor) pull(queue *bus.Queue, turns *turns) *bus.Delivery {
	order := turns.order()
	delivery, err := queue.TryPull(order)
	if err != nil {
		e.Log.Error("executor: cannot pull; trying again", "err", err)
	}
	if delivery != nil {
		turns.served(order, delivery.Lane)
	}
	return delivery
}

// drain waits for the jobs at hand, and ends them when the grace period is over.
func (e *Executor) drain(jobs *sync.WaitGroup, stop context.CancelCauseFunc) {
	done := make(chan struct{})
	go func() { jobs.Wait(); close(done) }()
	grace := time.NewTimer(e.Grace)
	defer grace.Stop()
	select {
	case <-done:
		return
	case <-grace.C:
	}
	e.Log.Info("executor: handing back what is not done", "jobs", e.busy.Load())
	stop(errStopping)
	<-done
}

// announceRegularly tells the others every few seconds that this executor is alive.
func (e *Executor) announceRegularly(ctx context.Context) {
	ticker := time.NewTicker(announcePause)
	defer ticker.Stop()
	for {
		e.announce()
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (e *Executor) announce() {
	e.Bus.Announce(deemster.ExecutorInfo{
		ID: e.id, Host: e.host, CPU: e.cpu, Box: e.Engine.Name(),
		Slots: e.Slots, Busy: int(e.busy.Load()), Languages: e.Info,
		StartedAt: e.started, SeenAt: e.Clock(),
	})
}
