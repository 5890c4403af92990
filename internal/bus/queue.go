package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/deemster-oj/deemster"
)

const (
	streamJobs     = "JOBS"
	streamReports  = "REPORTS"
	subjectReports = "reports"
	bucketRates    = "RATES"
	// subjectWake tells idle executors into which lane a ticket has come. It is published
	// when the ticket is stored: whoever listened to the ticket itself would look before it is there.
	subjectWake = "wake"
)

func subjectJobs(lane deemster.Lane) string { return "jobs." + string(lane) + ".>" }

// subjectTicket is a subject of the ticket's own, so that the stream can tell whether it
// holds this ticket.
func subjectTicket(t deemster.Ticket) (string, error) {
	if t.Submission == "" || strings.ContainsAny(t.Submission, ".*> \t\r\n") || !slices.Contains(deemster.Lanes, t.Lane) {
		return "", fmt.Errorf("bus: not a ticket: submission %q, lane %q", t.Submission, t.Lane)
	}
	return fmt.Sprintf("jobs.%s.%s.%d", t.Lane, t.Submission, t.Attempt), nil
}

// declare makes the streams and their consumers, or finds them made.
func (b *Bus) declare(ctx context.Context) error {
	_, err := b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: streamJobs, Subjects: []string{"jobs.>"},
		Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
		MaxMsgs: 1_000_000,
	})
	if err != nil {
		return fmt.Errorf("bus: stream %s: %w", streamJobs, err)
	}
	for _, lane := range deemster.Lanes {
		_, err := b.js.CreateOrUpdateConsumer(ctx, streamJobs, jetstream.ConsumerConfig{
			Durable: string(lane), FilterSubject: subjectJobs(lane),
			AckPolicy: jetstream.AckExplicitPolicy, AckWait: deemster.LeaseTime,
			MaxDeliver: -1, MaxAckPending: -1, // attempts are counted in SQL, where none is forgotten
		})
		if err != nil {
			return fmt.Errorf("bus: lane %s: %w", lane, err)
		}
	}
	_, err = b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: streamReports, Subjects: []string{subjectReports},
		Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
		MaxMsgs: 1_000_000, Duplicates: 2 * time.Minute,
	})
	if err != nil {
		return fmt.Errorf("bus: stream %s: %w", streamReports, err)
	}
	_, err = b.js.CreateOrUpdateConsumer(ctx, streamReports, jetstream.ConsumerConfig{
		Durable: "submission", AckPolicy: jetstream.AckExplicitPolicy,
		AckWait: 30 * time.Second, MaxDeliver: -1, MaxAckPending: 256,
	})
	if err != nil {
		return fmt.Errorf("bus: consumer of %s: %w", streamReports, err)
	}
	return nil
}

// Enqueue puts a ticket into its lane, unless this very ticket is in the queue: waiting,
// in an executor's hands, or put back for later. It tells whether it was missing. So a
// ticket may be enqueued again and again to make sure of it, and is never there twice.
//
// The stream itself is asked, by the condition that the ticket's subject has no message,
// and not its memory of message ids: that one forgets what a restart or two minutes have
// passed over, and would refuse for as long a ticket that was acknowledged and lost.
func (b *Bus) Enqueue(ctx context.Context, t deemster.Ticket) (missing bool, err error) {
	subject, err := subjectTicket(t)
	if err != nil {
		return false, err
	}
	body, err := json.Marshal(t)
	if err != nil {
		return false, fmt.Errorf("bus: enqueue: %w", err)
	}
	_, err = b.js.Publish(ctx, subject, body, jetstream.WithExpectLastSequencePerSubject(0))
	if isThere(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("bus: enqueue: %w", err)
	}
	if err := b.conn.Publish(subjectWake, []byte(t.Lane)); err != nil {
		b.log.Warn("bus: executors not woken; they look by themselves", "err", err)
	}
	return true, nil
}

// isThere tells whether a message was refused because its subject has one.
func isThere(err error) bool {
	var e *jetstream.APIError
	return errors.As(err, &e) && (e.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
		e.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant) // the latter from a cluster
}

// Queue is an executor's end of the lanes. Its methods are for one goroutine.
type Queue struct {
	lanes map[deemster.Lane]jetstream.Consumer
	sub   *nats.Subscription
	wake  chan struct{} // holds one sign: many tickets wake once

	mu   sync.Mutex
	come map[deemster.Lane]bool // lanes into which tickets have come since they were last found empty
}

// Queue opens the lanes for pulling.
func (b *Bus) Queue(ctx context.Context) (*Queue, error) {
	q := &Queue{
		lanes: map[deemster.Lane]jetstream.Consumer{},
		wake:  make(chan struct{}, 1),
		come:  map[deemster.Lane]bool{},
	}
	for _, lane := range deemster.Lanes {
		c, err := b.js.Consumer(ctx, streamJobs, string(lane))
		if err != nil {
			return nil, fmt.Errorf("bus: lane %s: %w", lane, err)
		}
		q.lanes[lane] = c
	}
	var err error
	q.sub, err = b.conn.Subscribe(subjectWake, func(m *nats.Msg) {
		q.setCome(deemster.Lane(m.Data), true)
		q.Wake()
	})
	if err != nil {
		return nil, fmt.Errorf("bus: %w", err)
	}
	return q, nil
}

// setCome notes whether tickets may have come into a lane, and tells what was noted before.
func (q *Queue) setCome(lane deemster.Lane, come bool) (before bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	before = q.come[lane]
	q.come[lane] = come
	return before
}

// Close stops listening for new tickets.
func (q *Queue) Close() { _ = q.sub.Unsubscribe() }

// Delivery is a ticket in an executor's hands. Exactly one of Ack and Return ends it; if
// neither comes within [deemster.LeaseTime] of the last Keep, it is delivered again.
type Delivery struct {
	deemster.Ticket
	msg jetstream.Msg
}

// Keep says that the ticket is being worked on.
func (d *Delivery) Keep() error { return d.msg.InProgress() }

// Ack takes the ticket out of the queue.
func (d *Delivery) Ack(ctx context.Context) error { return d.msg.DoubleAck(ctx) }

// Return puts the ticket back, to be delivered again after delay.
func (d *Delivery) Return(delay time.Duration) error { return d.msg.NakWithDelay(delay) }

// cameWait is how long a pull waits in a lane that a ticket has come into. The ticket is
// stored, but the lane's consumer hears of it a moment later, or another executor has it.
const cameWait = 50 * time.Millisecond

// TryPull takes a ticket from the first of lanes that has one; nil when all are empty.
func (q *Queue) TryPull(lanes []deemster.Lane) (*Delivery, error) {
	for _, lane := range lanes {
		batch, err := q.lanes[lane].FetchNoWait(1)
		if d, err := first(batch, err); d != nil || err != nil {
			return d, err
		}
	}
	for _, lane := range lanes {
		if !q.setCome(lane, false) {
			continue
		}
		batch, err := q.lanes[lane].Fetch(1, jetstream.FetchMaxWait(cameWait))
		if d, err := first(batch, err); d != nil || err != nil {
			q.setCome(lane, true) // there may be more
			return d, err
		}
	}
	return nil, nil
}

// first takes the ticket out of what a pull has brought; nil when it brought none.
func first(batch jetstream.MessageBatch, err error) (*Delivery, error) {
	if err != nil {
		return nil, fmt.Errorf("bus: pull: %w", err)
	}
	for msg := range batch.Messages() {
		d := &Delivery{msg: msg}
		if err := json.Unmarshal(msg.Data(), &d.Ticket); err != nil || d.Submission == "" {
			_ = msg.Term() // not ours: nobody can work on it
			continue
		}
		return d, nil
	}
	if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) {
		return nil, fmt.Errorf("bus: pull: %w", err)
	}
	return nil, nil
}

// Wake makes Wait return, now or the next time: there is something else to be done.
func (q *Queue) Wake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Wait returns when a ticket may have come, or after at most, or when ctx ends. A ticket
// that was put back or whose executor died gives no sign, hence the bound.
func (q *Queue) Wait(ctx context.Context, atMost time.Duration) {
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	select {
	case <-q.wake:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Depth tells how many tickets wait in a lane, and how many are being worked on.
func (b *Bus) Depth(ctx context.Context, lane deemster.Lane) (waiting, working int, err error) {
	c, err := b.js.Consumer(ctx, streamJobs, string(lane))
	if err != nil {
		return 0, 0, fmt.Errorf("bus: lane %s: %w", lane, err)
	}
	info, err := c.Info(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("bus: lane %s: %w", lane, err)
	}
	return int(info.NumPending), info.NumAckPending, nil
}

// Report sends the end of an attempt to the submission role. When it returns nil the
// report is on disk and will be delivered.
func (b *Bus) Report(ctx context.Context, r deemster.Report) error {
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("bus: report: %w", err)
	}
	if len(body) > MaxMessage {
		return fmt.Errorf("bus: report of %s: %d bytes, more than the bus takes", r.Submission, len(body))
	}
	_, err = b.js.Publish(ctx, subjectReports, body,
		jetstream.WithMsgID(fmt.Sprintf("%s:%d", r.Submission, r.Attempt)))
	if err != nil {
		return fmt.Errorf("bus: report of %s: %w", r.Submission, err)
	}
	return nil
}

// reportsExpiry is how long a pull for reports stands. A server that has forgotten it
// is found out after as long.
const reportsExpiry = 6 * time.Second

// Reports calls record for every report until ctx ends, one at a time. A report that
// record fails on comes again after a second; so record must do no harm twice.
func (b *Bus) Reports(ctx context.Context, record func(context.Context, deemster.Report) error) error {
	c, err := b.js.Consumer(ctx, streamReports, "submission")
	if err != nil {
		return fmt.Errorf("bus: reports: %w", err)
	}
	consuming, err := c.Consume(func(msg jetstream.Msg) {
		var r deemster.Report
		if err := json.Unmarshal(msg.Data(), &r); err != nil || r.Submission == "" {
			b.log.Error("bus: not a report; dropped", "err", err)
			_ = msg.Term()
			return
		}
		if err := record(context.WithoutCancel(ctx), r); err != nil {
			b.log.Error("bus: report not recorded; it will come again", "submission", r.Submission, "attempt", r.Attempt, "err", err)
			_ = msg.NakWithDelay(time.Second)
			return
		}
		if err := msg.Ack(); err != nil {
			b.log.Warn("bus: report not acknowledged; it will come again", "submission", r.Submission, "err", err)
		}
	}, jetstream.PullExpiry(reportsExpiry))
	if err != nil {
		return fmt.Errorf("bus: reports: %w", err)
	}
	served(ctx).Go(func() { <-consuming.Closed() })
	context.AfterFunc(ctx, consuming.Drain)
	return nil
}

// Rates opens the bucket that all gateways share for counting requests. It is in memory:
// it forgets when the whole bus restarts.
func (b *Bus) Rates(ctx context.Context) (jetstream.KeyValue, error) {
	kv, err := b.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: bucketRates, Storage: jetstream.MemoryStorage, TTL: 10 * time.Minute, History: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("bus: bucket %s: %w", bucketRates, err)
	}
	return kv, nil
}
