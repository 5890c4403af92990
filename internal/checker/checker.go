// Package checker compares a program's output with a test's answer, by the rules of the
// ICPC problem package format's default output validator (version 2025-09), and in ways
// of our own.
//
// Both sides are split at white space (space, \t, \n, \v, \f, \r) into tokens, bytes
// without an encoding. Tokens are compared as strings, with A to Z equal to a to z
// unless the case counts. When a tolerance is set, an answer token that is a decimal
// number is compared as a number; hexadecimal forms, inf, nan and numbers too large for
// a float64 are strings. White space counts only when it is said to.
//
// Beyond the format, [deemster.Checker] may ask for:
//
//   - exact: every byte counts, and nothing else is allowed for.
//   - lists: [ ] { } , and : are tokens of their own wherever they stand, and what is in
//     double quotes is one token, with its white space and its case. A backslash keeps the
//     next byte from ending it; the end of the line ends it all the same.
//   - unordered lines: lines may come in any order, and as often as in the answer. Unless
//     white space counts, a line is its tokens, and one without any does not count. When it
//     does, lines are what stands between newlines.
//
// The output is compared as it comes, in memory that does not grow with either side: a
// [Comparison] is a writer.
package checker

import (
	"fmt"
	"io"

	"github.com/deemster-oj/deemster"
)

// Comparison compares what is written to it with an answer. It is not safe for use by
// several goroutines at once.
type Comparison struct {
	method  method
	closed  bool
	differs *difference // once closed
	err     error       // nothing can be said
}

// method is a way to compare.
type method interface {
	// write takes the next bytes of the output.
	write(output []byte)
	// end tells the first difference, nil if there is none. An error means that the answer
	// could not be read. It is called once, after the last write.
	end() (*difference, error)
}

// New compares with answer, by flags. The answer is read as the output comes, and not
// after Close.
func New(answer io.Reader, flags deemster.Checker) *Comparison {
	if err := contradiction(flags); err != nil {
		return &Comparison{err: err}
	}
	if flags.Exact { // which is the same as this
		flags = deemster.Checker{CaseSensitive: true, SpaceSensitive: true}
	}
	if flags.Unordered {
		return &Comparison{method: newUnordered(answer, flags)}
	}
	return &Comparison{method: newOrdered(answer, flags)}
}

// Write takes the next bytes of the output. It always takes all of them, also after a
// difference, and never fails: what there is to say, Close says.
func (c *Comparison) Write(output []byte) (int, error) {
	if c.method != nil && !c.closed && len(output) > 0 {
		c.method.write(output)
	}
	return len(output), nil
}

// Close ends the output. It tells whether the output is right, and if not, where it first
// differs, in a short sentence with quoted bytes. An error means that the answer could not
// be read or the flags contradict each other; then nothing is known of the output.
func (c *Comparison) Close() (ok bool, feedback string, err error) {
	if c.err == nil && !c.closed {
		c.differs, c.err = c.method.end()
		c.closed = true
	}
	if c.err != nil {
		return false, "", fmt.Errorf("checker: %w", c.err)
	}
	if c.differs != nil {
		return false, c.differs.String(), nil
	}
	return true, "", nil
}
