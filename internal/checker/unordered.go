package checker

import (
	"bytes"
	"fmt"
	"io"

	"github.com/deemster-oj/deemster"
)

// maxListed is how many different lines of an answer are remembered, to say which line is
// the wrong one: about 2 MiB. Larger answers are compared as well, in fewer words.
const maxListed = 1 << 14

// unordered compares lines in any order. Each side becomes a fingerprint, and these are
// compared; see [fingerprint]. What it remembers of the answer's lines is for the words
// alone, and to know of a wrong line before the output has ended.
type unordered struct {
	answer  window
	keys    keys
	want    *lines
	got     *lines
	listed  map[uint64]*listedLine // of the answer, by their values; nil when there are too many
	differs *difference
}

// listedLine is a line of the answer.
type listedLine struct {
	place   int64 // in the answer, to name the first that is missing
	missing int   // how often it is still to come
	start   string
}

func newUnordered(answer io.Reader, flags deemster.Checker) *unordered {
	u := &unordered{answer: window{answer: answer}, keys: newKeys(), listed: make(map[uint64]*listedLine)}
	u.want = newLines(flags, u.keys, u.expect)
	u.got = newLines(flags, u.keys, u.find)
	return u
}

// readAnswer reads all of the answer, when the first of the output comes.
func (u *unordered) readAnswer() {
	for !u.answer.ended {
		u.answer.more()
		u.want.write(u.answer.rest())
		u.answer.at = len(u.answer.bytes)
	}
	u.want.end()
	u.answer.close()
}

// expect notes a line of the answer.
func (u *unordered) expect(value uint64, start []byte) {
	line := u.listed[value]
	if line == nil {
		if len(u.listed) == maxListed {
			u.listed, u.want.each, u.got.each = nil, nil, nil
			return
		}
		line = &listedLine{place: u.want.sum.lines, start: string(start)}
		u.listed[value] = line
	}
	line.missing++
}

// find looks for a line of the output among those of the answer.
func (u *unordered) find(value uint64, start []byte) {
	if u.differs != nil {
		return
	}
	line := u.listed[value]
	if line != nil && line.missing > 0 {
		line.missing--
		return
	}
	note := "is not among the expected lines"
	if line != nil {
		note = "comes more often than expected"
	}
	u.differs = &difference{sentence: fmt.Sprintf("line %d: %s %s", u.got.number, quote(start), note)}
}

func (u *unordered) write(output []byte) {
	if !u.answer.ended {
		u.readAnswer()
	}
	if u.differs == nil {
		u.got.write(output)
	}
}

func (u *unordered) end() (*difference, error) {
	if !u.answer.ended {
		u.readAnswer()
	}
	if u.answer.err != nil {
		return nil, u.answer.err
	}
	if u.differs == nil {
		u.got.end()
	}
	if u.differs == nil && u.got.sum != u.want.sum {
		u.differs = &difference{sentence: u.missing()}
	}
	return u.differs, nil
}

// missing says what the output lacks, when every line of it is right or nobody knows which
// one is not.
func (u *unordered) missing() string {
	got, want := u.got.sum.lines, u.want.sum.lines
	switch {
	case got == 0:
		return fmt.Sprintf("expected %d lines, found none", want)
	case u.listed == nil && got != want:
		return fmt.Sprintf("expected %d lines, found %d", want, got)
	}
	var first *listedLine
	missing := 0
	for _, line := range u.listed {
		missing += line.missing
		if line.missing > 0 && (first == nil || line.place < first.place) {
			first = line
		}
	}
	switch missing {
	case 0: // none is known
		return fmt.Sprintf("of %d lines at least one is not as expected", want)
	case 1:
		return fmt.Sprintf("the line %s is missing", quote([]byte(first.start)))
	}
	return fmt.Sprintf("%d lines are missing, the first of them %s", missing, quote([]byte(first.start)))
}

// separator stands between tokens, whatever white space does.
var separator = []byte{' '}

// lines makes a fingerprint of a text's lines.
type lines struct {
	flags deemster.Checker
	ends  *class
	keys  keys
	each  func(value uint64, start []byte) // hears of every line that counts; may be nil
	// split makes every token a line of its own.
	split bool

	number int // of the present line, counted from 1
	line   hash
	start  []byte // the line's first bytes, to be quoted
	lexer  lexer
	some   bool // the line has a token
	gap    bool // what comes next in the line is of another token
	sum    fingerprint
}

func newLines(flags deemster.Checker, keys keys, each func(uint64, []byte)) *lines {
	l := &lines{flags: flags, ends: &endsWord, keys: keys, each: each, number: 1, line: emptyHash, sum: emptyFingerprint}
	if flags.Lists {
		l.ends = &endsListWord
	}
	return l
}

func (l *lines) write(text []byte) {
	for len(text) > 0 {
		n := 1
		switch c := text[0]; {
		case c == '\n':
			l.endLine()
			text = text[1:]
			continue
		case l.lexer.inString:
			n = l.lexer.rest(text)
			l.line.write(text, n, false, &l.keys)
			l.gap = true
		case !isSpace[c]:
			n = l.token(text)
		case l.flags.SpaceSensitive:
			l.line.write(text, 1, false, &l.keys)
		default:
			l.gap = true
		}
		if l.each != nil && len(l.start) <= maxQuoted && (l.some || l.flags.SpaceSensitive) {
			l.start = appendUpTo(l.start, text[:n], maxQuoted+1)
		}
		text = text[n:]
	}
}

// token takes a token or as much of it as there is, and tells its length. Of a string it
// takes the quote.
func (l *lines) token(text []byte) int {
	alone := l.ends[text[0]] // a bracket or the like
	switch {
	case !l.gap && !alone || !l.some || l.flags.SpaceSensitive:
	case l.split:
		l.endLine()
	default:
		l.line.write(separator, 1, false, &l.keys) // so that tokens are told apart
	}
	l.some, l.gap = true, alone
	if alone {
		l.lexer.inString, l.lexer.escaped = text[0] == '"', false
		l.line.write(text, 1, false, &l.keys)
		return 1
	}
	n := l.ends.length(text)
	l.line.write(text, n, !l.flags.CaseSensitive, &l.keys)
	return n
}

func (l *lines) endLine() {
	if l.some || l.flags.SpaceSensitive {
		values := l.line.end(&l.keys)
		l.sum.add(values, &l.keys)
		if l.each != nil {
			l.each(values[0], l.quotable())
		}
	}
	l.line, l.start = emptyHash, l.start[:0]
	l.lexer.inString, l.some, l.gap = false, false, false
	l.number++
}

// quotable is the line's beginning, if all of it without the white space behind, unless
// that counts.
func (l *lines) quotable() []byte {
	if l.flags.SpaceSensitive || len(l.start) > maxQuoted {
		return l.start
	}
	return bytes.TrimRight(l.start, " \t\v\f\r")
}

// end ends the last line, which needs no newline.
func (l *lines) end() { l.endLine() }
