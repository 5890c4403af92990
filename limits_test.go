package deemster_test

import (
	"testing"

	"github.com/deemster-oj/deemster"
)

func TestParseBytes(t *testing.T) {
	for text, want := range map[string]deemster.Bytes{
		"0": 0, "4096": 4096, "64KiB": 64 * deemster.KiB, "512 MiB": 512 * deemster.MiB, "2GiB": 2 * deemster.GiB,
		"1073741824GiB": 1 << 60,
	} {
		if got, err := deemster.ParseBytes(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "GiB", "1.5GiB", "1073741825GiB", "9999999999999GiB", "1GB", "1 KiB MiB", "NaN"} {
		if got, err := deemster.ParseBytes(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}
