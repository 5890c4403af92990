package bus

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// Numbers are numbers by name that all gateways share, in the memory of the bus: they are
// forgotten ten minutes after they were set last, and when the whole bus restarts.
type Numbers struct{ bucket jetstream.KeyValue }

// Numbers opens the numbers with which gateways count requests.
func (b *Bus) Numbers(ctx context.Context) (*Numbers, error) {
	bucket, err := b.Rates(ctx)
	if err != nil {
		return nil, err
	}
	return &Numbers{bucket}, nil
}

// Get reads a number and its revision; both are 0 when it was never set. A name has
// A-Z a-z 0-9 - _ = / and dots inside.
func (n *Numbers) Get(ctx context.Context, name string) (value int64, revision uint64, err error) {
	entry, err := n.bucket.Get(ctx, name)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, fmt.Errorf("bus: read a number: %w", err)
	}
	value, err = strconv.ParseInt(string(entry.Value()), 10, 64)
	if err != nil {
		return 0, 0, fmt.Errorf("bus: read a number: %w", err)
	}
	return value, entry.Revision(), nil
}

// Set changes a number if its revision is still the one that was read; otherwise it
// answers false.
func (n *Numbers) Set(ctx context.Context, name string, value int64, revision uint64) (bool, error) {
	_, err := n.bucket.Update(ctx, name, strconv.AppendInt(nil, value, 10), revision)
	if errors.Is(err, jetstream.ErrKeyExists) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("bus: set a number: %w", err)
	}
	return true, nil
}
