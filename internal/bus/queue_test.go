package bus

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

// A ticket wakes who waits for it when it can be pulled, and not earlier: a sign that
// comes too early would be spent, and the ticket found only by chance much later.
func TestWakeComesAfterTheTicket(t *testing.T) {
	ctx := t.Context()
	b, err := Open(ctx, "embedded:"+t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	queue, err := b.Queue(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer queue.Close()
	for i := range 40 {
		lane := deemster.Lanes[i%len(deemster.Lanes)]
		queued := make(chan error, 1)
		go func() {
			_, err := b.Enqueue(ctx, deemster.Ticket{Submission: fmt.Sprint("s", i), Lane: lane})
			queued <- err
		}()
		queue.Wait(ctx, time.Minute)
		d, err := queue.TryPull(deemster.Lanes)
		if err != nil || d == nil {
			t.Fatalf("woken for ticket %d of lane %s, found %v, %v", i, lane, d, err)
		}
		if err := d.Ack(ctx); err != nil {
			t.Fatal(err)
		}
		if err := <-queued; err != nil {
			t.Fatal(err)
		}
	}
}
