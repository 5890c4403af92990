package bus

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go"

	"github.com/deemster-oj/deemster"
)

const (
	subjectEvents   = "event.submission"
	subjectExecutor = "event.executor"
	subjectRollCall = "event.rollcall"
	subjectRevoked  = "event.revoked"
)

// Publish tells everybody who listens about a submission. It does not wait, and the
// event may be lost.
func (b *Bus) Publish(e deemster.Event) { b.publish(subjectEvents, e) }

// Events calls handle for every event until ctx ends, one at a time, in the order they came.
func (b *Bus) Events(ctx context.Context, handle func(deemster.Event)) error {
	return subscribe(ctx, b, subjectEvents, handle)
}

// Announce tells everybody that an executor is alive and what it can do.
func (b *Bus) Announce(info deemster.ExecutorInfo) { b.publish(subjectExecutor, info) }

// Executors calls handle for every announcement until ctx ends, and asks all executors
// to announce themselves now.
func (b *Bus) Executors(ctx context.Context, handle func(deemster.ExecutorInfo)) error {
	if err := subscribe(ctx, b, subjectExecutor, handle); err != nil {
		return err
	}
	b.publish(subjectRollCall, struct{}{})
	return nil
}

// RollCalls calls handle whenever somebody asks the executors to announce themselves.
func (b *Bus) RollCalls(ctx context.Context, handle func()) error {
	return subscribe(ctx, b, subjectRollCall, func(struct{}) { handle() })
}

// Revocation says that a log-in, or all of an account's, no longer holds. Exactly one
// field is set.
type Revocation struct {
	Session string `json:"session,omitempty"` // hash of the session's secret
	Token   string `json:"token,omitempty"`   // id
	User    string `json:"user,omitempty"`    // id; the account was disabled or changed
}

// Revoke tells every gateway to close what a log-in has open.
func (b *Bus) Revoke(r Revocation) { b.publish(subjectRevoked, r) }

// Revocations calls handle for every revocation until ctx ends.
func (b *Bus) Revocations(ctx context.Context, handle func(Revocation)) error {
	return subscribe(ctx, b, subjectRevoked, handle)
}

func (b *Bus) publish(subject string, v any) {
	body, err := json.Marshal(v)
	if err == nil {
		err = b.conn.Publish(subject, body)
	}
	if err != nil {
		b.log.Warn("bus: event lost", "subject", subject, "err", err)
	}
}

func subscribe[E any](ctx context.Context, b *Bus, subject string, handle func(E)) error {
	sub, err := b.conn.Subscribe(subject, func(m *nats.Msg) {
		var e E
		if err := json.Unmarshal(m.Data, &e); err != nil {
			b.log.Warn("bus: not an event", "subject", subject, "err", err)
			return
		}
		handle(e)
	})
	if err != nil {
		return fmt.Errorf("bus: subscribe %s: %w", subject, err)
	}
	context.AfterFunc(ctx, func() { _ = sub.Unsubscribe() })
	return nil
}
