package oci_test

import (
	"log/slog"
	"os"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
	"github.com/deemster-oj/deemster/internal/sandbox/oci"
)

func open(t testing.TB, runtime string) *oci.Engine {
	t.Helper()
	if path := os.Getenv("DEEMSTER_TEST_" + runtime); path != "" {
		runtime = path
	}
	e, err := oci.New(t.Context(), oci.Config{Runtime: runtime, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestContract(t *testing.T) {
	for _, runtime := range []string{"crun", "runc", "runsc"} {
		t.Run(runtime, func(t *testing.T) {
			e := open(t, runtime)
			t.Log(e.Name())
			boxtest.Contract(t, e)
		})
	}
}
