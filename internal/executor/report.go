package executor

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

const (
	maxReport  = bus.MaxMessage - 4<<10 // bytes as JSON; the rest is for the bus's headers
	maxFailure = 4 * deemster.KiB
)

// fit shortens what a report says until the bus takes it: first what was said of single
// tests, then the compile log. Verdicts and measures are never left out.
func fit(report *deemster.Report) error {
	shorten := []func(){
		func() {
			for i := range report.Tests {
				report.Tests[i].Feedback = cut(report.Tests[i].Feedback, 64)
			}
		},
		func() {
			for i := range report.Tests {
				report.Tests[i].Feedback = ""
			}
		},
		func() { report.CompileLog = cut(report.CompileLog, deemster.KiB) },
	}
	for {
		body, err := json.Marshal(report)
		if err != nil {
			return fmt.Errorf("executor: report: %w", err)
		}
		if len(body) <= maxReport {
			return nil
		}
		if len(shorten) == 0 {
			return fmt.Errorf("executor: report: %d bytes with everything left out, more than the bus takes", len(body))
		}
		shorten[0]()
		shorten = shorten[1:]
	}
}

// cut shortens s to at most limit bytes, at a character's end.
func cut(s string, limit deemster.Bytes) string {
	if deemster.Bytes(len(s)) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}
