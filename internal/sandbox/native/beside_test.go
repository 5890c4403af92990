package native_test

import (
	"log/slog"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

func TestBeside(t *testing.T) {
	e, err := native.New(native.Config{Slots: 2, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // after the boxes
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	boxtest.Beside(t, e)
}
