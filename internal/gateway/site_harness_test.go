package gateway

import (
	"log/slog"
	"testing"

	"github.com/deemster-oj/deemster/internal/bus"
)

var quiet = slog.New(slog.DiscardHandler)

func openBus(t *testing.T) *bus.Bus {
	t.Helper()
	b, err := bus.Open(t.Context(), "embedded:"+t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}
