package build

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

func TestCompileLog(t *testing.T) {
	tests := []struct {
		name     string
		output   string
		sentence string
		want     string // the whole, or its end after "…"
	}{
		{"plain", "a.c:1: no\n", "", "a.c:1: no\n"},
		{"nothing", "", "", ""},
		{"sentence", "no newline", "Too slow.", "no newline\nToo slow.\n"},
		{"control bytes", "\x1b[31mred\x00\a\tü\n", "", "[31mred\tü\n"},
		{"invalid UTF-8", "a\xffb\n", "", "a\ufffdb\n"},
		{"flood", strings.Repeat("é", 50_000), "", "…" + cutMark},
		{"flood of invalid bytes", strings.Repeat("\xff.", 30_000), "Too much.", "…" + cutMark + "Too much.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := &head{limit: int(deemster.MaxCompileLog)}
			for _, part := range []string{tt.output[:len(tt.output)/2], tt.output[len(tt.output)/2:]} {
				if n, err := h.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatalf("Write = %d, %v", n, err)
				}
			}
			got := h.log(tt.sentence)
			if end, cut := strings.CutPrefix(tt.want, "…"); cut && !strings.HasSuffix(got, end) || !cut && got != tt.want {
				t.Errorf("log = %.200q, want %.200q", got, tt.want)
			}
			if deemster.Bytes(len(got)) > deemster.MaxCompileLog || !utf8.ValidString(got) {
				t.Errorf("%d bytes, valid UTF-8: %v", len(got), utf8.ValidString(got))
			}
		})
	}
}
