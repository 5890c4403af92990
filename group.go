package deemster

// Group is a test group of a scored problem.
type Group struct {
	Name string `json:"name"` // of its directory in data/: "secret", "secret/2"; unique
	// MaxScore is what the group is worth; nil has no bound.
	MaxScore  *float64    `json:"max_score,omitempty"`
	Aggregate Aggregation `json:"score_aggregation"`
	// Require names groups that have to be passed entirely before this one counts.
	Require []string `json:"require_pass,omitempty"`
}

// Aggregation says how a group's score is made of those in it.
type Aggregation string

// Every aggregation.
const (
	AggregatePassFail Aggregation = "pass-fail" // all or nothing
	AggregateSum      Aggregation = "sum"
	AggregateMin      Aggregation = "min"
)
