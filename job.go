package deemster

import "time"

// Lane is a queue of its own: who is in which decides who is judged first.
type Lane string

// Every lane, most urgent first.
const (
	LaneContest  Lane = "contest"
	LanePremium  Lane = "premium"
	LanePractice Lane = "practice"
	LaneRejudge  Lane = "rejudge"
)

// Lanes lists every lane, most urgent first.
var Lanes = []Lane{LaneContest, LanePremium, LanePractice, LaneRejudge}

// Ticket is what waits in the queue: the name of a submission and nothing else, so that
// a lost, doubled or old ticket does no harm.
type Ticket struct {
	Submission string `json:"submission"`
	// Attempt is the number of attempts made when the ticket was written. It makes the
	// message id; the attempt that counts is given by the claim.
	Attempt int  `json:"attempt"`
	Lane    Lane `json:"lane"`
}

// LeaseTime is how long an attempt is its executor's without a word from it.
const LeaseTime = 15 * time.Second

// Claim asks the submission role for the job behind a ticket. The answer is a [Job], or
// an error: NotFound or Conflict when there is nothing to do any more (drop the ticket),
// Unavailable when another executor holds it or this one cannot do it (hand it back for
// RetryAfter).
type Claim struct {
	Submission string   `json:"submission"`
	Executor   string   `json:"executor"`
	Languages  []string `json:"languages"` // those this executor can judge
}

// Job is one attempt at judging one submission. Its holder renews the lease within
// [LeaseTime] and sends one [Report]; a report of an attempt that is no longer the
// present one is dropped.
type Job struct {
	Submission     string `json:"submission"`
	Attempt        int    `json:"attempt"` // counts from 1
	User           string `json:"user"`
	Problem        string `json:"problem"`
	ProblemVersion int    `json:"problem_version"`
	Language       string `json:"language"`
	Files          []File `json:"files"`
	Lane           Lane   `json:"lane"`
}

// Lease renews an executor's hold on an attempt. The answer is Conflict when the
// attempt is another's by now: stop, and report nothing.
type Lease struct {
	Submission string `json:"submission"`
	Attempt    int    `json:"attempt"`
	Executor   string `json:"executor"`
}

// Report is the end of an attempt. Either Failure says why the judge failed, and the
// submission is tried again or ends as JE; or the verdict and what led to it.
type Report struct {
	Submission string `json:"submission"`
	Attempt    int    `json:"attempt"`
	Executor   string `json:"executor"`
	Failure    string `json:"failure,omitempty"`
	// Final marks a failure that no other attempt would mend, because the problem's own
	// programs failed: the submission is JE at once.
	Final bool `json:"final,omitempty"`
	// Returned marks a job handed back unfinished by an executor that is stopping: it is
	// queued again and the attempt does not count towards MaxAttempts.
	Returned   bool         `json:"returned,omitempty"`
	Verdict    Verdict      `json:"verdict,omitempty"`
	Score      *float64     `json:"score,omitempty"`
	MaxScore   *float64     `json:"max_score,omitempty"`
	TimeMS     int64        `json:"time_ms"`
	Memory     Bytes        `json:"memory_bytes"`
	CompileLog string       `json:"compile_log,omitempty"`
	Tests      []TestResult `json:"tests,omitempty"`
	Provenance Provenance   `json:"provenance"`
}
