package checker

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// theEnd is what is expected or found where there is nothing more.
const theEnd = "the end of the output"

// difference is the first place where output and answer differ.
type difference struct {
	line     int
	expected string
	found    string
	note     string
	// While gathering, what is found is the token that begins with gathered, of which
	// more may come.
	gathering bool
	gathered  []byte
	middle    bool // gathered begins in the middle of a token
}

// differ records the first difference, in words or quoted tokens.
func (c *Comparison) differ(expected, found string) *difference {
	c.differs = &difference{line: c.line, expected: expected, found: found}
	return c.differs
}

// tokenDiffers records that the present tokens differ where output and answer now
// stand. What is left of the output's token is still to come.
func (c *Comparison) tokenDiffers() {
	d := c.differ(c.quoteAnswer(), "")
	d.gathering = true
	if d.middle = c.size > len(c.got); !d.middle {
		d.gathered = append(d.gathered, c.got...)
	}
}

// quoteAnswer quotes the answer's present token: from its beginning if that is known
// to its last byte, otherwise from here.
func (c *Comparison) quoteAnswer() string {
	ahead, _ := c.answer.Peek(maxQuoted + 1)
	ahead = ahead[:tokenLength(ahead)]
	if c.size > len(c.want) {
		return "…" + quote(ahead)
	}
	return quote(append(append([]byte(nil), c.want...), ahead...))
}

// gather adds the output's bytes after the difference, to the end of their token.
func (d *difference) gather(output []byte) {
	if !d.gathering {
		return
	}
	n := tokenLength(output)
	d.gathered = appendUpTo(d.gathered, output[:n], maxQuoted+1)
	if n < len(output) || len(d.gathered) > maxQuoted {
		d.endToken()
	}
}

// endToken says that the token being gathered is complete, or long enough.
func (d *difference) endToken() {
	if !d.gathering {
		return
	}
	d.gathering = false
	d.found = quote(d.gathered)
	if d.middle {
		d.found = "…" + d.found
	}
}

func (d *difference) String() string {
	d.endToken()
	return fmt.Sprintf("line %d: expected %s, found %s%s", d.line, d.expected, d.found, d.note)
}

// describe says what stands where white space counts.
func describe(b byte, ok bool) string {
	switch {
	case !ok:
		return theEnd
	case isSpace[b]:
		return "white space " + strconv.Quote(string(rune(b)))
	}
	return "a word"
}

// quote quotes the first bytes of a token, and marks a cut.
func quote(token []byte) string {
	if len(token) <= maxQuoted {
		return strconv.Quote(string(token))
	}
	cut := maxQuoted
	for cut > maxQuoted-utf8.UTFMax && !utf8.RuneStart(token[cut]) {
		cut--
	}
	return strconv.Quote(string(token[:cut])) + "…"
}
