package engine_test

import (
	"strings"
	"testing"

	"github.com/deemster-oj/deemster/internal/sandbox/engine"
)

// What cannot be opened is named, with what to do.
func TestOpenSaysWhatToDo(t *testing.T) {
	for spec, want := range map[string]string{
		"":                   "want native",
		"natve":              "want native",
		"native:x":           "want native",
		"oci:":               "want native",
		"oci:none":           "the OCI runtimes known are",
		"oci:/none/runsc":    "gvisor.dev",
		"oci:/bin/true":      "neither runc nor crun nor runsc",
		"podman:unix:///run": "want native",
	} {
		e, err := engine.Open(t.Context(), spec, engine.Config{})
		if err == nil {
			_ = e.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", spec, err, want)
		}
	}
}

func TestOpenWithoutAnImage(t *testing.T) {
	for _, spec := range []string{"native", "oci:/bin/true"} {
		if _, err := engine.Open(t.Context(), spec, engine.Config{Image: t.TempDir()}); err == nil {
			t.Errorf("%s: an empty directory was taken for an image", spec)
		}
	}
}
