package judge

import (
	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Verdict is what one run deserves. When it broke several limits the gravest is told:
// memory, then time, then output, then its own end; only a run that did nothing wrong is
// judged by its output. Right says what the checker thinks of that.
func Verdict(o sandbox.Outcome, limits deemster.Limits, right bool) deemster.Verdict {
	failed := o.Ending == sandbox.Signalled || o.Ending == sandbox.Exited && o.ExitCode != 0
	switch {
	case o.Ending == sandbox.MemoryLimit:
		return deemster.MemoryLimitExceeded
	case o.Ending == sandbox.CPULimit, o.Ending == sandbox.WallLimit, o.CPU > limits.CPU:
		return deemster.TimeLimitExceeded
	case o.Ending == sandbox.OutputLimit:
		return deemster.OutputLimitExceeded
	case failed && o.Memory >= limits.Memory:
		// A runtime that noticed for itself that there was no more memory to be had.
		return deemster.MemoryLimitExceeded
	case failed:
		return deemster.RunTimeError
	case right:
		return deemster.Accepted
	}
	return deemster.WrongAnswer
}
