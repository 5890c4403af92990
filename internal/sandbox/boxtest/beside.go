package boxtest

import (
	"bytes"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Beside puts boxes of an engine of two slots beside another, sealed and not, and asks
// where their runs are.
func Beside(t *testing.T, e sandbox.Engine) {
	processors := func(b sandbox.Box) string {
		var out bytes.Buffer
		o := Run(t, b, sandbox.Command{
			Args:   []string{"/bin/sh", "-c", "taskset -cp $$ | cut -d: -f2"},
			Stdout: &out, KeepStderr: 4096, Limits: deemster.DefaultLimits,
		})
		if Ending(o) != "exit 0" {
			t.Fatalf("%s: %s", Ending(o), o.Stderr)
		}
		return out.String()
	}
	open := func() sandbox.Box {
		b, err := e.NewBox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := b.Close(); err != nil {
				t.Error(err)
			}
		})
		return b
	}
	seal := func(b sandbox.Box) sandbox.Box {
		if err := b.Seal(); err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := seal(open())
	where := processors(first)
	for range 3 {
		before, after := seal(open()), open()
		for _, b := range []sandbox.Box{before, after} {
			if err := b.Beside(first); err != nil {
				t.Fatal(err)
			}
		}
		seal(after)
		for _, b := range []sandbox.Box{before, after} {
			if got := processors(b); got != where {
				t.Errorf("runs on %q, beside one that runs on %q", got, where)
			}
		}
	}
	// Those beside take no slot from the others.
	if second := processors(seal(open())); second == where {
		t.Errorf("the next box has the same processor %q, and another is idle", second)
	}
}
