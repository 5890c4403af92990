package deemster

// Group is a test group of a scored problem. A test belongs to the group of its directory,
// or of the nearest directory above that is a group; groups lie in one another like that too.
type Group struct {
	Name string `json:"name"` // of its directory in data/: "secret", "secret/2"; "." is data/ itself
	// MaxScore is what the group is worth; nil has no bound.
	MaxScore  *float64    `json:"max_score,omitempty"`
	Aggregate Aggregation `json:"score_aggregation"`
	// Require names groups that have to be passed entirely before this one counts.
	Require []string `json:"require_pass,omitempty"`

	// The rest is for packages of the legacy format.

	// TestScore is what a test is worth, unless the validator says; nil is worked out of
	// MaxScore: all of it where the smallest counts, else an equal part.
	TestScore *float64 `json:"test_score,omitempty"`
	// Accept says when the group is accepted; one that is not has no points.
	Accept Acceptance `json:"accept,omitempty"`
	// Break leaves what comes behind the first test or group that is not accepted unjudged.
	Break bool `json:"break,omitempty"`
}

// Aggregation says how a group's score is made of those in it.
type Aggregation string

// Every aggregation. The last two are in the legacy format only.
const (
	AggregatePassFail Aggregation = "pass-fail" // all or nothing
	AggregateSum      Aggregation = "sum"
	AggregateMin      Aggregation = "min"
	AggregateMax      Aggregation = "max"
	AggregateAverage  Aggregation = "avg"
)

// Acceptance says which of a group's tests and groups have to be accepted for it to be.
type Acceptance string

// Every acceptance. Without one, AcceptAny goes with sums and AcceptAll with the rest.
const (
	AcceptAll    Acceptance = "all"
	AcceptAny    Acceptance = "any"
	AcceptAlways Acceptance = "always"
)
