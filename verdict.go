package deemster

// Verdict is what the judge says of a submission or of one test. The words are the
// field's own.
type Verdict string

// Every verdict. AC to CE speak of the program, JE of us. The empty Verdict means
// that nothing has been said yet.
const (
	Accepted            Verdict = "AC"
	WrongAnswer         Verdict = "WA"
	TimeLimitExceeded   Verdict = "TLE" // of CPU time or of wall time
	MemoryLimitExceeded Verdict = "MLE"
	OutputLimitExceeded Verdict = "OLE"
	RunTimeError        Verdict = "RE" // exit status other than 0, or ended by a signal
	CompileError        Verdict = "CE"
	JudgeError          Verdict = "JE" // our fault; an operator sees why
	Skipped             Verdict = "SK" // of a test only: an earlier test had decided
)

// Verdicts lists every verdict a submission can end with, in the order people read them.
var Verdicts = []Verdict{
	Accepted, WrongAnswer, TimeLimitExceeded, MemoryLimitExceeded,
	OutputLimitExceeded, RunTimeError, CompileError, JudgeError,
}

var verdictNames = map[Verdict]string{
	Accepted:            "accepted",
	WrongAnswer:         "wrong answer",
	TimeLimitExceeded:   "time limit exceeded",
	MemoryLimitExceeded: "memory limit exceeded",
	OutputLimitExceeded: "output limit exceeded",
	RunTimeError:        "run-time error",
	CompileError:        "compile error",
	JudgeError:          "judge error",
	Skipped:             "skipped",
}

// Name spells the verdict out in lower case, "wrong answer"; it is empty for an
// unknown verdict.
func (v Verdict) Name() string { return verdictNames[v] }

// Valid reports whether v is a verdict a submission can end with.
func (v Verdict) Valid() bool { return v != Skipped && verdictNames[v] != "" }
