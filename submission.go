package deemster

import "time"

// State says how far a submission has come.
type State string

// Every state. A submission goes from queued to judging to done; it goes back to
// queued when an executor is lost or it is judged again.
const (
	StateQueued  State = "queued"
	StateJudging State = "judging"
	StateDone    State = "done"
)

// File is one source file of a submission.
type File struct {
	Name    string `json:"name"` // a plain name: no directory
	Content string `json:"content"`
}

// TextLanguage is the language of submissions that are no programs: their files are the
// outputs for a problem that asks for those. Every executor has it.
const TextLanguage = "text"

// NewSubmission is what the gateway asks the submission role to accept. The gateway has
// checked it: the problem exists in that version, the language is known, sizes and
// names are within limits.
type NewSubmission struct {
	UserID         string `json:"user_id"`
	User           string `json:"user"` // handle
	Problem        string `json:"problem"`
	ProblemVersion int    `json:"problem_version"`
	Language       string `json:"language"`
	Files          []File `json:"files"`
	Lane           Lane   `json:"lane"`
	// IdempotencyKey, when set, makes a second accept with the same key by the same
	// user answer with the first submission. A different body under the same key is a
	// Conflict.
	IdempotencyKey string `json:"idempotency_key,omitempty"`
}

// Submission is a program that was handed in, and what has been said of it.
type Submission struct {
	ID             string         `json:"id"` // UUIDv7
	Problem        string         `json:"problem"`
	ProblemVersion int            `json:"problem_version"`
	User           string         `json:"user"`
	Language       string         `json:"language"`
	State          State          `json:"state"`
	Verdict        Verdict        `json:"verdict,omitempty"`
	Score          *float64       `json:"score,omitempty"`
	MaxScore       *float64       `json:"max_score,omitempty"`
	TimeMS         int64          `json:"time_ms"`      // CPU of the worst test
	Memory         Bytes          `json:"memory_bytes"` // of the worst test
	Attempt        int            `json:"attempt"`
	TestsDone      int            `json:"tests_done"`
	TestsTotal     int            `json:"tests_total"`
	CreatedAt      time.Time      `json:"created_at"`
	JudgedAt       *time.Time     `json:"judged_at,omitempty"`
	Queue          *QueuePosition `json:"queue,omitempty"` // while queued

	// The rest is in the answer about one submission and left out of lists.
	CompileLog string       `json:"compile_log,omitempty"`
	Message    string       `json:"message,omitempty"` // of a JE: what went wrong, without secrets
	Tests      []TestResult `json:"tests,omitempty"`
	Files      []File       `json:"files,omitempty"`
	Provenance *Provenance  `json:"provenance,omitempty"`
}

// QueuePosition tells who waits how long he will wait.
type QueuePosition struct {
	Lane     Lane  `json:"lane"`
	Position int   `json:"position"` // 1 is next
	ETAMS    int64 `json:"eta_ms"`   // expected time until it starts; 0 when it cannot be told
}

// TestResult is the verdict on one test. Of a hidden test, people see verdict, time and
// memory and nothing that the test or the program said.
type TestResult struct {
	Name     string  `json:"name"`
	Group    string  `json:"group,omitempty"`
	Verdict  Verdict `json:"verdict"`
	TimeMS   int64   `json:"time_ms"` // CPU
	WallMS   int64   `json:"wall_ms"`
	Memory   Bytes   `json:"memory_bytes"`
	ExitCode int     `json:"exit_code"`
	Signal   string  `json:"signal,omitempty"` // "SIGSEGV"
	Feedback string  `json:"feedback,omitempty"`
	// Message is what the problem's validator says to its setter alone.
	Message string `json:"message,omitempty"`
	// Score is the points that the validator gives for the test in a scored problem; nil is
	// all that the test is worth for AC, and none for the rest.
	Score *float64 `json:"score,omitempty"`
}

// Provenance says what a verdict was made with, so that it can be made again.
type Provenance struct {
	Executor    string `json:"executor"`
	CPU         string `json:"cpu"`
	Toolchain   string `json:"toolchain"`
	ProblemHash Hash   `json:"problem_hash"`
	Box         string `json:"box"`
	// Cached means that the program had been compiled before, from the same sources by the
	// same toolchain.
	Cached bool `json:"cached,omitempty"`
}

// SubmissionFilter selects submissions for a list, newest first. Empty fields select all.
type SubmissionFilter struct {
	User     string  `json:"user,omitempty"`
	Problem  string  `json:"problem,omitempty"`
	Verdict  Verdict `json:"verdict,omitempty"`
	Language string  `json:"language,omitempty"`
	Cursor   string  `json:"cursor,omitempty"`
	Limit    int     `json:"limit,omitempty"`
}
