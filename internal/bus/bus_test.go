package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/deemster-oj/deemster"
)

// patience is how long a test waits for what must come. It is long: a machine may be busy.
const patience = 30 * time.Second

// startServer runs a NATS server as one runs elsewhere, on a port of its own choice or,
// when started again, on the one it had.
func startServer(t *testing.T, dir string, port int) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir, NoSigs: true, NoLog: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(patience) {
		t.Fatal("the server does not start")
	}
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

func open(t *testing.T, spec string) *Bus {
	t.Helper()
	b, err := Open(t.Context(), spec, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// onBuses runs a test with NATS in the process and with NATS elsewhere.
func onBuses(t *testing.T, test func(*testing.T, *Bus)) {
	t.Run("embedded", func(t *testing.T) { test(t, open(t, "embedded:"+t.TempDir())) })
	t.Run("external", func(t *testing.T) {
		test(t, open(t, startServer(t, t.TempDir(), server.RANDOM_PORT).ClientURL()))
	})
}

func receive[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, spec := range []string{"", "embedded", "kafka:x", "nats://127.0.0.1:1", "nats://user:secret@127.0.0.1:1"} {
		b, err := Open(t.Context(), spec, slog.New(slog.DiscardHandler))
		if err == nil {
			b.Close()
			t.Errorf("%q was opened", spec)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestCall(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		_, err := Call(t.Context(), b, GetSubmission, ByID{"early"})
		if deemster.KindOf(err) != deemster.Unavailable || deemster.PublicError(err).RetryAfter == 0 {
			t.Errorf("nobody serves: %v", err)
		}
		err = Serve(t.Context(), b, GetSubmission, 4, func(_ context.Context, q ByID) (deemster.Submission, error) {
			switch q.ID {
			case "large":
				return deemster.Submission{CompileLog: strings.Repeat("x", MaxMessage)}, nil
			case "broken":
				return deemster.Submission{}, errors.New("secret")
			case "wrapped":
				return deemster.Submission{}, fmt.Errorf("secret: %w", &deemster.Error{
					Kind: deemster.Limited, Title: "slow down", Field: "source", RetryAfter: 3 * time.Second, Cause: errors.New("secret"),
				})
			}
			return deemster.Submission{ID: q.ID, Problem: "é\x00"}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if s, err := Call(t.Context(), b, GetSubmission, ByID{"x"}); err != nil || s.ID != "x" || s.Problem != "é\x00" {
			t.Errorf("%+v, %v", s, err)
		}
		for id, kind := range map[string]deemster.Kind{"large": deemster.Internal, "broken": deemster.Internal, "wrapped": deemster.Limited, strings.Repeat("x", MaxMessage): deemster.TooLarge} {
			_, err := Call(t.Context(), b, GetSubmission, ByID{id})
			if deemster.KindOf(err) != kind || strings.Contains(err.Error(), "secret") {
				t.Errorf("%.10s: %q, %v; want %q", id, deemster.KindOf(err), err, kind)
			}
			if e := deemster.PublicError(err); id == "wrapped" && (e.Field != "source" || e.RetryAfter != 3*time.Second) {
				t.Errorf("on the way an error lost what it said: %+v", e)
			}
		}
	})
}

// Questions that came before the end are answered, and waited for.
func TestServeStopsGracefully(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		ctx, cancel := context.WithCancel(t.Context())
		ctx, wait := Graceful(ctx)
		begun, finish := make(chan struct{}), make(chan struct{})
		var done atomic.Int32
		err := Serve(ctx, b, GetSubmission, 2, func(context.Context, ByID) (deemster.Submission, error) {
			begun <- struct{}{}
			<-finish
			done.Add(1)
			return deemster.Submission{}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		const questions = 5 // more than are answered at one time
		answers := make(chan error, questions)
		for range questions {
			go func() {
				_, err := Call(t.Context(), b, GetSubmission, ByID{"x"})
				answers <- err
			}()
		}
		receive(t, begun)
		receive(t, begun)
		if err := b.Flush(ctx); err != nil { // all five have reached the server
			t.Fatal(err)
		}
		cancel()
		go func() {
			for range questions - 2 {
				<-begun
			}
		}()
		answered := make(chan int32)
		go func() { wait(); answered <- done.Load() }()
		close(finish)
		if n := receive(t, answered); n < 2 {
			t.Errorf("waited for %d of the two that had begun", n)
		}
		for range questions {
			if err := receive(t, answers); err != nil && deemster.KindOf(err) != deemster.Unavailable {
				t.Error(err)
			}
		}
	})
}

// A ticket is in the queue once, however often it is enqueued, and wherever in it it is.
func TestTicketIsThereOnce(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		ctx := t.Context()
		ticket := deemster.Ticket{Submission: "s", Lane: deemster.LanePractice}
		enqueue := func(when string, want bool) {
			t.Helper()
			for range 3 {
				missing, err := b.Enqueue(ctx, ticket)
				if missing != want || err != nil {
					t.Fatalf("%s: missing %v, %v; want %v", when, missing, err, want)
				}
				want = false
			}
		}
		queue, err := b.Queue(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer queue.Close()
		enqueue("new", true)
		d := pull(t, queue)
		if d.Ticket != ticket {
			t.Errorf("pulled %+v", d.Ticket)
		}
		enqueue("in an executor's hands", false)
		if err := d.Return(0); err != nil {
			t.Fatal(err)
		}
		d = pull(t, queue)
		enqueue("pulled again", false)
		if err := d.Ack(ctx); err != nil {
			t.Fatal(err)
		}
		enqueue("lost", true) // at once, not after the two minutes of a memory of ids
		d = pull(t, queue)
		ticket.Attempt = 1
		enqueue("the next attempt, while the ticket of the first is there", true)
		if waiting, working, err := b.Depth(ctx, deemster.LanePractice); waiting != 1 || working != 1 || err != nil {
			t.Errorf("depth: %d waiting, %d working, %v; want 1 and 1", waiting, working, err)
		}
		if err := d.Ack(ctx); err != nil {
			t.Fatal(err)
		}
		if d = pull(t, queue); d.Ticket != ticket {
			t.Errorf("pulled %+v", d.Ticket)
		}
		for _, wrong := range []deemster.Ticket{
			{Lane: deemster.LanePractice}, {Submission: "s"}, {Submission: "s.t", Lane: deemster.LanePractice},
			{Submission: "*", Lane: deemster.LanePractice}, {Submission: "s", Lane: "vip"}, {Submission: "a b", Lane: deemster.LaneContest},
		} {
			if _, err := b.Enqueue(ctx, wrong); err == nil {
				t.Errorf("%+v was enqueued", wrong)
			}
		}
	})
}

// pull takes the next ticket, whenever it comes.
func pull(t *testing.T, q *Queue) *Delivery {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		d, err := q.TryPull(deemster.Lanes)
		if err != nil {
			t.Fatal(err)
		}
		if d != nil {
			return d
		}
		q.Wait(t.Context(), 100*time.Millisecond)
	}
	t.Fatal("no ticket came")
	return nil
}

// Many who enqueue one ticket at once put one there.
func TestTicketIsThereOnceAtOnce(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		var all sync.WaitGroup
		var missing atomic.Int32
		for range 32 {
			all.Go(func() {
				was, err := b.Enqueue(t.Context(), deemster.Ticket{Submission: "s", Lane: deemster.LaneContest})
				if err != nil {
					t.Error(err)
				}
				if was {
					missing.Add(1)
				}
			})
		}
		all.Wait()
		if missing.Load() != 1 {
			t.Errorf("it was missing %d times", missing.Load())
		}
	})
}

func TestReports(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		ctx, cancel := context.WithCancel(t.Context())
		ctx, wait := Graceful(ctx)
		if err := b.Report(ctx, deemster.Report{Submission: "before anybody listens", Attempt: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.js.Publish(ctx, subjectReports, []byte("not a report")); err != nil {
			t.Fatal(err)
		}
		got := make(chan deemster.Report, 10)
		var failed atomic.Bool
		err := b.Reports(ctx, func(_ context.Context, r deemster.Report) error {
			if r.Submission == "trouble" && !failed.Swap(true) {
				return errors.New("the disk is full")
			}
			got <- r
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if r := receive(t, got); r.Submission != "before anybody listens" {
			t.Errorf("got %+v", r)
		}
		for range 2 { // the second is the first once more
			if err := b.Report(ctx, deemster.Report{Submission: "trouble", Attempt: 7, Memory: 1 << 40}); err != nil {
				t.Fatal(err)
			}
		}
		if r := receive(t, got); r.Submission != "trouble" || r.Attempt != 7 || r.Memory != 1<<40 || !failed.Load() {
			t.Errorf("got %+v after a failure: %v", r, failed.Load())
		}
		if err := b.Report(ctx, deemster.Report{Submission: "x", CompileLog: strings.Repeat("x", MaxMessage)}); err == nil {
			t.Error("a report larger than a message was taken")
		}
		cancel()
		wait()
		if len(got) != 0 {
			t.Errorf("more reports than were sent: %+v", <-got)
		}
	})
}

func TestEvents(t *testing.T) {
	onBuses(t, func(t *testing.T, b *Bus) {
		events := make(chan deemster.Event, 100)
		if err := b.Events(t.Context(), func(e deemster.Event) { events <- e }); err != nil {
			t.Fatal(err)
		}
		for i := range cap(events) {
			b.Publish(deemster.Event{Submission: "s", Progress: &deemster.Progress{TestsDone: i}})
		}
		for i := range cap(events) {
			if e := receive(t, events); e.Progress.TestsDone != i {
				t.Fatalf("event %d came as number %d", e.Progress.TestsDone, i)
			}
		}
		calls := make(chan struct{}, 1)
		if err := b.RollCalls(t.Context(), func() { calls <- struct{}{} }); err != nil {
			t.Fatal(err)
		}
		executors := make(chan deemster.ExecutorInfo, 1)
		if err := b.Executors(t.Context(), func(e deemster.ExecutorInfo) { executors <- e }); err != nil {
			t.Fatal(err)
		}
		receive(t, calls)
		b.Announce(deemster.ExecutorInfo{ID: "e", Slots: 3})
		if e := receive(t, executors); e.ID != "e" || e.Slots != 3 {
			t.Errorf("announced %+v", e)
		}
	})
}

// Tickets and reports outlive a restart of the embedded server.
func TestEmbeddedRestart(t *testing.T) {
	spec := "embedded:" + t.TempDir()
	ticket := deemster.Ticket{Submission: "s", Attempt: 2, Lane: deemster.LanePremium}
	b := open(t, spec)
	if _, err := b.Enqueue(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	b.Close()
	b = open(t, spec)
	if missing, err := b.Enqueue(t.Context(), ticket); missing || err != nil {
		t.Errorf("after a restart: missing %v, %v", missing, err)
	}
	queue, err := b.Queue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Close()
	if d := pull(t, queue); d.Ticket != ticket {
		t.Errorf("pulled %+v", d.Ticket)
	}
}

// A server that comes back without its streams gets them again, and those who were
// pulling, serving and listening go on.
func TestServerLosesEverything(t *testing.T) {
	first := startServer(t, t.TempDir(), server.RANDOM_PORT)
	b := open(t, first.ClientURL())
	ctx := t.Context()
	queue, err := b.Queue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Close()
	reports := make(chan deemster.Report, 10)
	if err := b.Reports(ctx, func(_ context.Context, r deemster.Report) error { reports <- r; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Enqueue(ctx, deemster.Ticket{Submission: "lost", Lane: deemster.LanePractice}); err != nil {
		t.Fatal(err)
	}
	port := first.Addr().String()
	first.Shutdown()
	first.WaitForShutdown()
	var number int
	if _, err := fmt.Sscanf(port, "127.0.0.1:%d", &number); err != nil {
		t.Fatal(err)
	}
	startServer(t, t.TempDir(), number)

	insist := func(what string, try func() error) {
		t.Helper()
		end := time.Now().Add(patience)
		for err := try(); err != nil; err = try() {
			if time.Now().After(end) {
				t.Fatalf("%s: %v", what, err)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	insist("enqueue", func() error {
		_, err := b.Enqueue(ctx, deemster.Ticket{Submission: "new", Lane: deemster.LanePractice})
		return err
	})
	insist("pull", func() error {
		d, err := queue.TryPull(deemster.Lanes)
		if err == nil && d == nil {
			err = errors.New("no ticket")
		}
		if err == nil && d.Submission != "new" {
			t.Errorf("pulled %+v", d.Ticket)
		}
		return err
	})
	insist("report", func() error { return b.Report(ctx, deemster.Report{Submission: "new", Attempt: 1}) })
	if r := receive(t, reports); r.Submission != "new" {
		t.Errorf("reported %+v", r)
	}
}
