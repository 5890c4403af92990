package deemster

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Hash is the SHA-256 of a blob, in 64 lower-case hexadecimal digits.
type Hash string

// HashOf is the hash of content.
func HashOf(content []byte) Hash {
	sum := sha256.Sum256(content)
	return Hash(hex.EncodeToString(sum[:]))
}

// Valid reports whether h has the form of a hash, so that it may stand in a path.
func (h Hash) Valid() bool {
	if len(h) != 64 {
		return false
	}
	for _, c := range h {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// ValidSlug reports whether s can name a problem: 1 to 64 lower-case letters, digits and
// hyphens, the first of them not a hyphen.
func ValidSlug(s string) bool {
	if len(s) == 0 || len(s) > 64 || s[0] == '-' {
		return false
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// Problem is a published problem as anybody sees it.
type Problem struct {
	Slug       string    `json:"slug"`
	Title      string    `json:"title"`
	Version    int       `json:"version"`              // counts from 1; every import makes a new one
	Difficulty string    `json:"difficulty,omitempty"` // "easy", "medium", "hard"
	Tags       []string  `json:"tags"`
	Author     string    `json:"author,omitempty"`
	Source     string    `json:"source,omitempty"`
	License    string    `json:"license,omitempty"`
	Statement  Statement `json:"statement"`
	Samples    []Sample  `json:"samples"`
	TimeMS     int64     `json:"time_limit_ms"` // CPU, before a language's allowance
	Memory     Bytes     `json:"memory_limit_bytes"`
	Tests      int       `json:"tests"`
	Mode       Mode      `json:"mode,omitzero"`
	// MaxScore is what a submission can get at most; nil when the problem is passed or
	// failed, or has no bound.
	MaxScore  *float64   `json:"max_score,omitempty"`
	Scored    bool       `json:"scored,omitempty"`
	Signature *Signature `json:"signature,omitempty"`
	// Starter is what an editor begins with where a function is asked for, by language id.
	Starter   map[string]string `json:"starter,omitempty"`
	UpdatedAt time.Time         `json:"updated_at"`
}

// Statement is a problem's text: what the author wrote, and the same as HTML that is
// safe to put into a page. Mathematics stays between \( \) and \[ \] for the page to draw.
type Statement struct {
	Language string `json:"language"` // "en"
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
}

// Sample is a test that everybody may see.
type Sample struct {
	Name   string `json:"name"`
	Input  string `json:"input"`
	Answer string `json:"answer"`
	// Interaction is shown in the place of both, where a program talks with the validator
	// or is run more than once: lines that begin with < for what it is told, > for what it
	// says, and --- between one run and the next.
	Interaction string `json:"interaction,omitempty"`
}

// ProblemSummary is a problem's line in a list.
type ProblemSummary struct {
	Slug       string   `json:"slug"`
	Title      string   `json:"title"`
	Difficulty string   `json:"difficulty,omitempty"`
	Tags       []string `json:"tags"`
}

// Mode says what a submission to a problem is, and how it meets a test. The zero value is
// a program that reads the test's input and prints its output, once.
type Mode struct {
	// Interactive programs talk with the problem's validator instead of reading a file.
	Interactive bool `json:"interactive,omitempty"`
	// Passes is how often a program may be run on one test, each time with what the
	// validator wrote the last time for its input; 0 is once.
	Passes int `json:"passes,omitempty"`
	// SubmitAnswer means that the submission is no program: its files are the outputs, each
	// called as its test, "secret/03" as 03.out.
	SubmitAnswer bool `json:"submit_answer,omitempty"`
}

// ProblemVersion is everything judging needs of one immutable version of a problem.
type ProblemVersion struct {
	Slug      string     `json:"slug"`
	Version   int        `json:"version"`
	Hash      Hash       `json:"hash"` // of the canonical JSON of the rest: names this exact test set
	Mode      Mode       `json:"mode,omitzero"`
	Limits    Limits     `json:"limits"`
	Checker   Checker    `json:"checker"`             // when there is no Validator
	Validator *Validator `json:"validator,omitempty"` // the problem's own
	Signature *Signature `json:"signature,omitempty"` // submissions are this function
	Groups    []Group    `json:"groups,omitempty"`    // of a scored problem; none means pass or fail
	Tests     []Test     `json:"tests"`               // in name order, samples first
}

// Test is one test case: blobs in the blob store.
type Test struct {
	Name   string `json:"name"`            // "sample/1", "secret/big/03": unique in its problem
	Group  string `json:"group,omitempty"` // "sample", "secret", "secret/big"
	Sample bool   `json:"sample,omitempty"`
	Input  Hash   `json:"input"`
	Answer Hash   `json:"answer"`
	// Checker is set where this test's output is compared in another way than the others'.
	Checker *Checker `json:"checker,omitempty"`
	// Args are the validator's arguments on this test.
	Args []string `json:"args,omitempty"`
}

// Validator is a problem's own program that says what an output is worth: a checker, or
// what interactive submissions talk with. It runs in a box like any other program.
type Validator struct {
	Language string       `json:"language"`
	Files    []SourceFile `json:"files"`
	Protocol Protocol     `json:"protocol"`
	Limits   Limits       `json:"limits,omitzero"` // what is not set is as in ValidatorLimits
}

// SourceFile is a file of a program that belongs to a problem: a blob with a name.
type SourceFile struct {
	Name    string `json:"name"` // a plain name
	Content Hash   `json:"content"`
}

// Protocol is how a validator is called and how it answers.
type Protocol string

// Every protocol.
const (
	// ProtocolICPC is that of the ICPC problem package format: arguments input, answer and
	// feedback directory, the output on standard input, exit status 42 or 43.
	ProtocolICPC Protocol = "icpc"
	// ProtocolTestlib is that of Codeforces' testlib.h: arguments input, output and answer,
	// exit status 0, 1, 2, 3 or 7.
	ProtocolTestlib Protocol = "testlib"
)

// Checker says how output is compared with the answer: the flags of the ICPC default
// output validator, and two modes of ours. The zero value compares tokens and ignores
// case and space.
type Checker struct {
	// Exact compares byte by byte; no other flag counts.
	Exact bool `json:"exact,omitempty"`
	// Unordered lets lines come in any order.
	Unordered bool `json:"unordered_lines,omitempty"`
	// Lists makes tokens of brackets, braces, commas and colons, so that numbers in a list
	// are compared as numbers.
	Lists bool `json:"lists,omitempty"`

	CaseSensitive  bool     `json:"case_sensitive,omitempty"`
	SpaceSensitive bool     `json:"space_change_sensitive,omitempty"`
	FloatAbsolute  *float64 `json:"float_absolute_tolerance,omitempty"`
	FloatRelative  *float64 `json:"float_relative_tolerance,omitempty"`
}

// Page is one page of a list. NextCursor is empty on the last.
type Page[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor,omitempty"`
}
