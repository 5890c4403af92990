// Package checker compares a program's output with a test's answer, by the rules of the
// ICPC problem package format's default output validator (version 2025-09).
//
// Both sides are split at white space (space, \t, \n, \v, \f, \r) into tokens, bytes
// without an encoding. Tokens are compared as strings, with A to Z equal to a to z
// unless the case counts. When a tolerance is set, an answer token that is a decimal
// number is compared as a number; hexadecimal forms, inf, nan and numbers too large for
// a float64 are strings. White space counts only when it is said to.
//
// The output is compared as it comes, in constant memory: a [Comparison] is a writer.
package checker

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/deemster-oj/deemster"
)

const (
	answerBuffer = 64 << 10
	// maxNumber is the longest token read as a number, in bytes: every digit of a
	// float64 printed without an exponent takes under 1.1 KiB.
	maxNumber = 4 << 10
	maxQuoted = 40 // bytes of a token quoted in a feedback
)

// Comparison compares what is written to it with an answer. It is not safe for use by
// several goroutines at once.
type Comparison struct {
	answer *bufio.Reader
	flags  deemster.Checker

	line    int  // of the output, counted from 1
	inToken bool // the last byte of the output belonged to a token
	size    int  // of the output's present token so far, in bytes
	// got and want are the first bytes of the present tokens, as far as they have been
	// compared, to be quoted. When number is set they are all of a token that is
	// compared as a number; the answer has been read past it.
	got, want []byte
	number    bool

	differs  *difference
	err      error // reading the answer failed
	finished bool
}

// New compares with answer, by flags. The answer is read as the output comes.
func New(answer io.Reader, flags deemster.Checker) *Comparison {
	return &Comparison{
		answer: bufio.NewReaderSize(answer, answerBuffer),
		flags:  flags,
		line:   1,
	}
}

// Write takes the next bytes of the output. It always takes all of them, also after a
// difference, and never fails: what there is to say, Close says.
func (c *Comparison) Write(output []byte) (int, error) {
	rest := output
	for len(rest) > 0 && c.differs == nil && c.err == nil {
		rest = c.skipEqual(rest)
		if len(rest) == 0 {
			break
		}
		rest = c.step(rest)
	}
	if c.differs != nil {
		c.differs.gather(rest)
	}
	return len(output), nil
}

// Close ends the output. It tells whether the output is right, and if not, where it
// first differs, in a short sentence with quoted bytes. An error means that the answer
// could not be read; then nothing is known of the output.
func (c *Comparison) Close() (ok bool, feedback string, err error) {
	if !c.finished {
		c.finished = true
		if c.differs == nil && c.err == nil {
			c.endOutput()
		}
	}
	if c.err != nil {
		return false, "", fmt.Errorf("checker: read answer: %w", c.err)
	}
	if c.differs != nil {
		return false, c.differs.String(), nil
	}
	return true, "", nil
}

// skipEqual passes over bytes that output and answer have in common, which keeps the
// two in step whatever they are. It returns the output from the first byte that needs a
// closer look.
func (c *Comparison) skipEqual(output []byte) []byte {
	numbers := c.flags.FloatAbsolute != nil || c.flags.FloatRelative != nil
	if c.number || numbers && c.inToken {
		return output
	}
	for len(output) > 0 {
		if c.answer.Buffered() == 0 {
			if _, ok := c.peek(); !ok {
				return output
			}
		}
		want, _ := c.answer.Peek(c.answer.Buffered())
		n := commonPrefix(output, want)
		if numbers { // a token cut in two could still be two different numbers
			n = lastSpace(output[:n]) + 1
		}
		if n == 0 {
			return output
		}
		c.pass(output[:n])
		c.discard(n)
		output = output[n:]
	}
	return output
}

// pass notes that equal bytes went by.
func (c *Comparison) pass(equal []byte) {
	c.line += bytes.Count(equal, []byte{'\n'})
	tail := equal
	if i := lastSpace(equal); i >= 0 {
		tail = equal[i+1:]
		c.startToken()
	}
	c.inToken = len(tail) > 0
	c.keep(tail, tail)
}

// startToken forgets the last tokens.
func (c *Comparison) startToken() {
	c.got, c.want, c.size = c.got[:0], c.want[:0], 0
}

// keep remembers parts of the present tokens that have been compared, to quote them.
func (c *Comparison) keep(got, want []byte) {
	c.size += len(got)
	c.got = appendUpTo(c.got, got, maxQuoted)
	c.want = appendUpTo(c.want, want, maxQuoted)
}

// appendUpTo appends what of more leaves b at most limit bytes long.
func appendUpTo(b, more []byte, limit int) []byte {
	return append(b, more[:min(len(more), max(0, limit-len(b)))]...)
}

// step consumes at least one byte of output: a run of white space, or the rest of a
// token, and compares it.
func (c *Comparison) step(output []byte) []byte {
	if isSpace[output[0]] {
		if c.inToken {
			c.endToken()
			return output
		}
		return c.space(output)
	}
	if !c.inToken {
		c.beginToken(output)
		if c.differs != nil || c.err != nil {
			return output
		}
	}
	n := 1
	for n < len(output) && !isSpace[output[n]] {
		n++
	}
	if c.number {
		c.got = appendUpTo(c.got, output[:n], maxNumber+1)
		return output[n:]
	}
	return c.compare(output, n)
}

// space consumes the white space at the start of output.
func (c *Comparison) space(output []byte) []byte {
	n := 0
	for n < len(output) && isSpace[output[n]] {
		if c.flags.SpaceSensitive {
			want, ok := c.peek()
			if c.err != nil {
				return output
			}
			if !ok || want != output[n] {
				c.differ(describe(want, ok), describe(output[n], true))
				return output
			}
			c.discard(1)
		}
		if output[n] == '\n' {
			c.line++
		}
		n++
	}
	return output[n:]
}

// beginToken finds the answer's token that the output's next one is compared with.
func (c *Comparison) beginToken(output []byte) {
	if !c.flags.SpaceSensitive {
		c.skipAnswerSpace()
	}
	want, ok := c.peek()
	switch {
	case c.err != nil:
		return
	case !ok:
		c.differ(theEnd, "").gathering = true
		return
	case isSpace[want]: // only when white space counts
		c.differ(describe(want, true), describe(output[0], true))
		return
	}
	c.inToken = true
	c.startToken()
	c.number = false
	if c.flags.FloatAbsolute == nil && c.flags.FloatRelative == nil {
		return
	}
	ahead, err := c.answer.Peek(maxNumber + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
		return
	}
	token := ahead[:tokenLength(ahead)]
	if _, ok := parseNumber(token); ok {
		c.number = true
		c.want = append(c.want, token...)
		c.discard(len(token))
	}
}

// compare compares the next n bytes of output, all of one token, with the answer.
func (c *Comparison) compare(output []byte, n int) []byte {
	for n > 0 {
		if _, ok := c.peek(); !ok {
			if c.err == nil {
				c.tokenDiffers()
			}
			return output
		}
		want, _ := c.answer.Peek(min(n, c.answer.Buffered()))
		i := 0
		for i < len(want) && c.same(output[i], want[i]) {
			i++
		}
		c.keep(output[:i], want[:i])
		differ := i < len(want)
		c.discard(i)
		output, n = output[i:], n-i
		if differ {
			c.tokenDiffers()
			return output
		}
	}
	return output
}

// same compares two bytes of a token. The answer's may be white space: its token ended.
func (c *Comparison) same(got, want byte) bool {
	return got == want || !c.flags.CaseSensitive && lower[got] == lower[want]
}

// endToken is called when the output's token is complete.
func (c *Comparison) endToken() {
	c.inToken = false
	if !c.number {
		if want, ok := c.peek(); ok && !isSpace[want] {
			c.tokenDiffers()
			c.differs.endToken()
		}
		return
	}
	c.number = false
	want, _ := parseNumber(c.want)
	got, ok := parseNumber(c.got)
	if !ok {
		c.differ(quote(c.want), quote(c.got)).note = ", not a number"
	} else if !c.near(got, want) {
		note := fmt.Sprintf(", off by %.3g", math.Abs(got-want))
		c.differ(quote(c.want), quote(c.got)).note = note
	}
}

// near reports whether got is within a tolerance of want.
func (c *Comparison) near(got, want float64) bool {
	d := math.Abs(got - want)
	if a := c.flags.FloatAbsolute; a != nil && d <= *a {
		return true
	}
	r := c.flags.FloatRelative
	return r != nil && d <= *r*math.Abs(want)
}

// endOutput compares what is left when there is no more output.
func (c *Comparison) endOutput() {
	if c.inToken {
		c.endToken()
	}
	if c.differs != nil {
		return
	}
	if !c.flags.SpaceSensitive {
		c.skipAnswerSpace()
	}
	want, ok := c.peek()
	switch {
	case !ok: // both end here
	case isSpace[want]:
		c.differ(describe(want, true), theEnd)
	default:
		c.startToken()
		c.differ(c.quoteAnswer(), theEnd)
	}
}

func (c *Comparison) skipAnswerSpace() {
	for {
		b, ok := c.peek()
		if !ok || !isSpace[b] {
			return
		}
		c.discard(1)
	}
}

// peek looks at the answer's next byte; false at its end, or when it cannot be read.
func (c *Comparison) peek() (byte, bool) {
	b, err := c.answer.Peek(1)
	if len(b) == 1 {
		return b[0], true
	}
	if !errors.Is(err, io.EOF) {
		c.err = err
	}
	return 0, false
}

// discard passes over n bytes of the answer that have been peeked at.
func (c *Comparison) discard(n int) {
	if _, err := c.answer.Discard(n); err != nil {
		c.err = err
	}
}
