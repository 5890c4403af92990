package bus

import (
	"context"
	"sync"
)

type servedKey struct{}

// Graceful returns a context to [Serve] and take [Bus.Reports] under, and a function that
// waits, once the context has ended, until all that had come by then is dealt with.
func Graceful(ctx context.Context) (_ context.Context, wait func()) {
	var all sync.WaitGroup
	return context.WithValue(ctx, servedKey{}, &all), all.Wait
}

// served is what to wait for under ctx.
func served(ctx context.Context) *sync.WaitGroup {
	if all, ok := ctx.Value(servedKey{}).(*sync.WaitGroup); ok {
		return all
	}
	return new(sync.WaitGroup) // nobody waits
}
