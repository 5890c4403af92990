package checker

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

const (
	maxQuoted = 40 // bytes of a token quoted in a feedback

	theEnd   = "the end of the output"
	noOutput = "no output"
)

// difference is the first place where output and answer differ.
type difference struct {
	where    string
	expected text
	found    text
	note     string // what the two make of each other, if it is known already
	sentence string // if it is said in other words
	shuffled bool   // from here on the tokens are the same, but for their order
}

// text is something expected or found: words, or a token that is quoted.
type text struct {
	words string // if it is no token
	token []byte // its first bytes, and maybe what came behind it
	lexer lexer  // as it was before them
	// middle is set if the token began earlier.
	middle bool
	space  bool // it is one byte of white space
}

// gather adds what comes next in the output, to know the token that was found.
func (d *difference) gather(output []byte) {
	if d.found.words == "" {
		d.found.token = appendUpTo(d.found.token, output, maxQuoted+1)
	}
}

// whole is the token if all of it is known.
func (x text) whole() ([]byte, bool) {
	n := x.lexer.token(x.token, x.middle)
	return x.token[:n], x.words == "" && !x.middle && !x.space && n <= maxQuoted
}

func (x text) String() string {
	switch {
	case x.words != "":
		return x.words
	case x.space:
		return "white space " + quote(x.token[:1])
	}
	token := x.token[:x.lexer.token(x.token, x.middle)]
	switch {
	case x.middle && len(token) == 0:
		return "its end"
	case x.middle:
		return "…" + quote(token)
	}
	return quote(token)
}

func (d *difference) String() string {
	if d.sentence != "" {
		return d.sentence
	}
	note := d.note
	if note == "" {
		note = d.remark()
	}
	if note == "" && d.shuffled {
		note = "and from there on the same tokens in another order"
	}
	if note != "" {
		note = ", " + note
	}
	return fmt.Sprintf("%s: expected %s, found %s%s", d.where, d.expected, d.found, note)
}

// byteOrderMark is what some systems begin a text in UTF-8 with.
var byteOrderMark = []byte("\ufeff")

// remark says what is easily overlooked in two tokens that differ.
func (d *difference) remark() string {
	if d.expected.space && d.expected.token[0] == '\n' && d.found.space && d.found.token[0] == '\r' {
		return "with which lines end on Windows"
	}
	got, ok := d.found.whole()
	want, also := d.expected.whole()
	if !ok || !also {
		return ""
	}
	a, isNumber := parseNumber(want)
	b, alsoNumber := parseNumber(got)
	switch {
	case len(got) > len(want) && bytes.Equal(bytes.TrimPrefix(got, byteOrderMark), want):
		return "which begins with a byte order mark"
	case isNumber && alsoNumber && a == b:
		return "the same number, which without a tolerance must be written in the same way"
	case len(got) == len(want) && commonFolded(got, want) == len(got):
		return "which differs in case only"
	}
	return ""
}

// tokenDiffers records that the present tokens differ where both sides now stand. What is
// left of the output's is still to come.
func (t *ordered) tokenDiffers() {
	begun := t.begun()
	t.keep()
	t.answer.ahead(maxQuoted + 1)
	rest := t.answer.rest()
	rest = rest[:min(len(rest), maxQuoted+1)]
	d := &difference{where: t.where(begun)}
	if begun > maxQuoted {
		d.where = fmt.Sprintf("%s, %d bytes into the token", d.where, begun)
		d.expected = text{token: bytes.Clone(rest), lexer: t.lexer, middle: true}
		d.found = text{lexer: t.lexer, middle: true}
	} else {
		start := lexer{lists: t.flags.Lists}
		d.expected = text{token: append(bytes.Clone(t.want), rest...), lexer: start}
		d.found = text{token: bytes.Clone(t.got), lexer: start}
		if !t.allowed.any() {
			t.order = newOrder(t.flags, t.got, t.want)
		}
	}
	t.differs = d
}

// spaceDiffers records a difference where no token is under way: one of white space, one
// of what kind of token begins here, or that one side has ended. want is the answer's next
// byte, if there is more.
func (t *ordered) spaceDiffers(want byte, more bool) {
	start := lexer{lists: t.flags.Lists}
	d := &difference{where: t.where(0)}
	switch {
	case !more:
		d.expected.words = theEnd
	default:
		t.answer.ahead(maxQuoted + 1)
		rest := t.answer.rest()
		d.expected = text{token: bytes.Clone(rest[:min(len(rest), maxQuoted+1)]), lexer: start, space: isSpace[want]}
	}
	switch {
	case t.at < len(t.output):
		d.found = text{lexer: start, space: isSpace[t.output[t.at]]}
	case t.place.line == 1 && t.place.bytes == 0:
		d.found.words = noOutput
	default:
		d.found.words = theEnd
	}
	if d.expected.space || d.found.space {
		d.where = t.here(0).byte()
	}
	t.differs = d
}

// numberDiffers records that a token of the output is not near enough to a number.
func (t *ordered) numberDiffers(got, want []byte, n number) {
	d := &difference{where: n.place.token(), expected: text{words: quote(want)}, found: text{words: quote(got)}}
	if t.flags.Lists {
		d.where = n.place.byte()
	}
	d.note = "not a number"
	if v, ok := parseNumber(got); ok {
		d.note = fmt.Sprintf("off by %.3g where %.3g is allowed", math.Abs(v-n.want), t.allowed.most(n.want))
	}
	t.differs = d
}

// where says where the token is of which so many bytes have been passed.
func (t *ordered) where(begun int) string {
	if t.flags.Lists {
		return t.here(begun).byte()
	}
	return t.here(begun).token()
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
