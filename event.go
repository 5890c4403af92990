package deemster

import "time"

// Event is what gateways hear of a submission while it is judged: either its progress,
// or that it is done. Events are hints and may be lost; the row is the truth.
type Event struct {
	Submission string    `json:"submission"`
	User       string    `json:"user"` // handle of the submitter
	Progress   *Progress `json:"progress,omitempty"`
	Done       bool      `json:"done,omitempty"`
}

// Progress tells how far an attempt is.
type Progress struct {
	Submission string      `json:"submission"`
	Attempt    int         `json:"attempt"`
	State      State       `json:"state"`
	Stage      string      `json:"stage,omitempty"` // "compiling", "running"
	TestsDone  int         `json:"tests_done"`
	TestsTotal int         `json:"tests_total"`
	Position   int         `json:"position,omitempty"` // in its lane, while queued
	Last       *TestResult `json:"last,omitempty"`     // the test that ended just now, without feedback
}

// ExecutorInfo is what an executor says of itself every few seconds.
type ExecutorInfo struct {
	ID        string         `json:"id"` // unique to one process
	Host      string         `json:"host"`
	CPU       string         `json:"cpu"`
	Box       string         `json:"box"` // "native (cgroup v2)"
	Slots     int            `json:"slots"`
	Busy      int            `json:"busy"`
	Languages []LanguageInfo `json:"languages"`
	StartedAt time.Time      `json:"started_at"`
	SeenAt    time.Time      `json:"seen_at"`
}

// LanguageInfo is a language as people see it.
type LanguageInfo struct {
	ID          string   `json:"id"`   // of the ICPC problem package format, "cpp17"
	Name        string   `json:"name"` // "C++17"
	Extensions  []string `json:"extensions"`
	Source      string   `json:"source,omitempty"`  // file name of a source that came without one: "main.cpp"
	Version     string   `json:"version,omitempty"` // as the toolchain says it
	Available   bool     `json:"available"`
	Missing     string   `json:"missing,omitempty"` // what is missing and how to get it
	TimeFactor  float64  `json:"time_factor"`
	TimeExtraMS int64    `json:"time_extra_ms"`
	MemoryExtra Bytes    `json:"memory_extra_bytes"`
}
