package deemster

// Run is a program that is run for its author, to see what it prints: on an input of his
// own, or on a problem's samples. It is not stored. It waits in the memory of the gateway
// that took it and is lost when that or its executor is.
type Run struct {
	ID       string `json:"id"`
	User     string `json:"user"` // id
	Language string `json:"language"`
	Files    []File `json:"files"`
	// Problem is whose limits hold; when it is empty, DefaultLimits do.
	Problem        string `json:"problem,omitempty"`
	ProblemVersion int    `json:"problem_version,omitempty"`
	Samples        bool   `json:"samples,omitempty"` // run it on the problem's samples, not on Stdin
	Stdin          string `json:"stdin,omitempty"`
}

// What a run and the answer about it may measure.
const (
	MaxRunInput   = 64 * KiB
	MaxRunOutput  = 64 * KiB  // shown of what one result has on either output
	MaxRunShown   = 256 * KiB // shown of all results together
	MaxRunSamples = 16        // of a problem with more, the first are run
)

// RunOffer tells every executor that a run waits. It is a hint and may be lost: a gateway
// repeats it for as long as the run waits.
type RunOffer struct {
	ID       string `json:"id"`
	Gateway  string `json:"gateway"` // who has it
	Language string `json:"language"`
}

// RunClaim asks a gateway for a run. The answer is the [Run], or NotFound when another
// executor was quicker or nobody waits for it any more.
type RunClaim struct {
	ID       string `json:"id"`
	Executor string `json:"executor"`
}

// RunReport ends an executor's work on a run: with an Error, or with what came of it.
type RunReport struct {
	ID       string `json:"id"`
	Executor string `json:"executor"`
	// Returned marks a run that had to make room for a submission: it waits again.
	Returned bool      `json:"returned,omitempty"`
	Error    *Error    `json:"error,omitempty"`
	Answer   RunAnswer `json:"answer"`
}

// RunAnswer is what came of a run.
type RunAnswer struct {
	Compiled   bool        `json:"compiled"`
	CompileLog string      `json:"compile_log,omitempty"`
	Results    []RunResult `json:"results"` // one for an own input, or one for each sample
}

// RunResult is what a program did with one input.
type RunResult struct {
	Name string `json:"name"` // of the sample: "sample/1"; "input" when it was an own one
	// Verdict is that of the sample. On an own input nobody knows what is right: then it is
	// TLE, MLE, OLE or RE, or empty when the program ended well.
	Verdict   Verdict `json:"verdict,omitempty"`
	Stdout    string  `json:"stdout"`
	StdoutCut bool    `json:"stdout_cut,omitempty"` // there was more
	Stderr    string  `json:"stderr"`
	StderrCut bool    `json:"stderr_cut,omitempty"`
	TimeMS    int64   `json:"time_ms"` // CPU
	WallMS    int64   `json:"wall_ms"`
	Memory    Bytes   `json:"memory_bytes"`
	ExitCode  int     `json:"exit_code"`
	Signal    string  `json:"signal,omitempty"` // "SIGSEGV"
	// Of a sample only: what was expected, if it can be shown; whether the output is as good;
	// and what the checker says of it.
	Expected *string `json:"expected,omitempty"`
	Correct  *bool   `json:"correct,omitempty"`
	Feedback string  `json:"feedback,omitempty"`
}
