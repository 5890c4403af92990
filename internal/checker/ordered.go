package checker

import (
	"io"

	"github.com/deemster-oj/deemster"
)

// ordered compares token by token. It runs along both sides for as long as their bytes are
// alike, which keeps the two in step whatever they are, and takes a closer look where they
// are not.
type ordered struct {
	flags   deemster.Checker
	allowed tolerance
	ends    *class // what ends a word
	lexer   lexer

	answer window
	output []byte // the piece of the output that is being compared
	at     int    // how much of it has been
	// From mark on both sides went by together: the bytes of the answer before its place
	// that belong to output[mark:at] are as many.
	mark int
	// What the present tokens had before mark: the first bytes of each, and how many there
	// were on either side.
	got, want []byte
	before    int
	// pending is set while the output's token is compared as a number and has not ended. The
	// answer's has been passed; both are in got and want.
	pending *number

	place   place // where output begins
	differs *difference
	order   *order // looked at behind the difference, if any
}

// number is a number of the answer, and where the output's begins.
type number struct {
	want  float64
	place place
}

func newOrdered(answer io.Reader, flags deemster.Checker) *ordered {
	t := &ordered{flags: flags, allowed: toleranceOf(flags), ends: &endsWord, answer: window{answer: answer}, place: place{line: 1}}
	if flags.Lists {
		t.ends = &endsListWord
	}
	return t
}

func (t *ordered) write(output []byte) {
	if t.differs != nil {
		t.differs.gather(output)
		t.order.write(output)
		return
	}
	t.output, t.at, t.mark = output, 0, 0
	if t.pending != nil {
		t.continueNumber()
	}
	for t.at < len(output) && t.differs == nil && t.answer.err == nil {
		t.run()
		switch {
		case t.at == len(output):
		case len(t.answer.rest()) == 0 && !t.answer.ended:
			t.keep()
			t.answer.more()
		default:
			t.mismatch()
		}
	}
	if t.differs != nil {
		t.differs.gather(output[t.at:])
		t.order.write(output[t.at:])
		return
	}
	t.keep()
	t.place.pass(output)
	t.output, t.at, t.mark = nil, 0, 0
}

// run goes along both sides for as long as they are alike or, if that is free and there are
// no lists, differ in white space only. That is a loop of its own, because it is what
// printing in another way comes to: once a line, or once a token.
func (t *ordered) run() {
	output, answer := t.output, t.answer.bytes
	i, j, mark := t.at, t.answer.at, t.mark
	inWord := t.before > 0 // at mark
	for {
		n := 0
		if i+8 <= len(output) && j+8 <= len(answer) && load(output[i:]) != load(answer[j:]) {
			n = commonBytes(load(output[i:]), load(answer[j:])) // without a call: it may be a token
		} else {
			n = commonPrefix(output[i:], answer[j:])
		}
		if t.flags.Lists {
			t.lexer.pass(output[i : i+n])
		}
		i, j = i+n, j+n
		if i == len(output) || j == len(answer) || t.flags.SpaceSensitive || t.flags.Lists {
			break
		}
		if i > mark {
			inWord = !isSpace[output[i-1]]
		}
		outputEnds, answerEnds := isSpace[output[i]], isSpace[answer[j]]
		if !outputEnds && !answerEnds || outputEnds != answerEnds && inWord {
			break
		}
		for i < len(output) && isSpace[output[i]] {
			i++
		}
		for j < len(answer) && isSpace[answer[j]] {
			j++
		}
		inWord, mark = false, i
	}
	if mark != t.mark {
		t.mark, t.before = mark, 0
	}
	t.at, t.answer.at = i, j
}

func (t *ordered) end() (*difference, error) {
	defer t.answer.close()
	if t.differs == nil && t.answer.err == nil {
		t.endOutput()
	}
	if t.differs == nil {
		return nil, t.answer.err
	}
	t.differs.shuffled = t.order.same(&t.answer)
	return t.differs, nil
}

// endOutput compares what is left when there is no more output.
func (t *ordered) endOutput() {
	if t.pending == nil {
		want, more := t.peek()
		if more && (t.lexer.inString && want != '\n' || t.inWord() && !t.ends[want]) {
			if t.lexer.inString || !t.allowed.any() || !t.number() {
				t.tokenDiffers()
				return
			}
		}
	}
	if t.pending != nil && !t.endNumber() {
		return
	}
	t.between()
	if !t.flags.SpaceSensitive {
		t.skipSpace()
	}
	if want, more := t.peek(); more {
		t.spaceDiffers(want, more)
	}
}

// peek is the answer's next byte, if there is one.
func (t *ordered) peek() (byte, bool) {
	if len(t.answer.rest()) == 0 {
		t.keep()
		t.answer.more()
	}
	if rest := t.answer.rest(); len(rest) > 0 {
		return rest[0], true
	}
	return 0, false
}

// pass passes n bytes on both sides, which are alike.
func (t *ordered) pass(n int) {
	if t.flags.Lists {
		t.lexer.pass(t.output[t.at : t.at+n])
	}
	t.at += n
	t.answer.at += n
}

// between notes that here no token is under way.
func (t *ordered) between() { t.mark, t.before, t.lexer.inString = t.at, 0, false }

// inWord reports whether a word has begun, on both sides, and is under way.
func (t *ordered) inWord() bool {
	if t.at > t.mark {
		return !t.ends[t.output[t.at-1]]
	}
	return t.before > 0
}

// begun counts the bytes of the present token that have been passed on both sides.
func (t *ordered) begun() int {
	if t.lexer.inString {
		return t.lexer.size
	}
	since := t.at - t.mark
	n := t.ends.tail(t.output[t.mark:t.at])
	if n == since {
		n += t.before
	}
	return n
}

// keep copies what the present tokens had so far, before the piece of the output or of the
// answer that they are in is given up.
func (t *ordered) keep() {
	if t.pending != nil {
		return
	}
	n, since := t.begun(), t.at-t.mark
	if n <= since { // began after mark
		t.got, t.want = t.got[:0], t.want[:0]
		since = n
	}
	limit := maxQuoted + 1
	if t.allowed.any() {
		limit = maxNumber + 1
	}
	t.got = appendUpTo(t.got, t.output[t.at-since:t.at], limit)
	t.want = appendUpTo(t.want, t.answer.bytes[t.answer.at-since:t.answer.at], limit)
	t.mark, t.before = t.at, n
}

// appendUpTo appends what of more leaves b at most limit bytes long.
func appendUpTo(b, more []byte, limit int) []byte {
	return append(b, more[:min(len(more), max(0, limit-len(b)))]...)
}

// mismatch looks at two bytes that are not alike, or at one when the answer has ended, and
// passes at least one byte of either side if they may differ.
func (t *ordered) mismatch() {
	got := t.output[t.at]
	want, more := t.peek()
	if t.lexer.inString {
		if got == '\n' && !more { // both strings end where their lines do
			t.between()
		} else {
			t.tokenDiffers()
		}
		return
	}
	gotEnds, wantEnds := t.ends[got], !more || t.ends[want]
	if !gotEnds && !wantEnds || gotEnds != wantEnds && t.inWord() {
		t.word()
		return
	}
	if t.flags.SpaceSensitive || !t.skipSpace() {
		t.between()
		t.spaceDiffers(want, more)
	}
}

// word compares two words that are not alike from here on.
func (t *ordered) word() {
	if t.allowed.any() && t.number() {
		return
	}
	if !t.flags.CaseSensitive {
		got, want := t.output[t.at:], t.answer.rest()
		if t.flags.Lists { // in a string behind the word, the case counts
			got, want = got[:t.ends.length(got)], want[:t.ends.length(want)]
		}
		if n := commonFolded(got, want); n > 0 {
			t.pass(n)
			return
		}
	}
	t.tokenDiffers()
}

// skipSpace passes white space on both sides. It reports whether there was any.
func (t *ordered) skipSpace() bool {
	from := t.at
	for t.at < len(t.output) && isSpace[t.output[t.at]] {
		t.at++
	}
	skipped := t.at > from
	for {
		for _, c := range t.answer.rest() {
			if !isSpace[c] {
				break
			}
			t.answer.at++
			skipped = true
		}
		if len(t.answer.rest()) > 0 || t.answer.ended {
			break
		}
		t.answer.more()
	}
	if skipped {
		t.between()
	}
	return skipped
}

// number compares the present tokens as numbers, if the answer's is one, and reports
// whether it is.
func (t *ordered) number() bool {
	begun := t.begun()
	if begun > maxNumber {
		return false
	}
	if t.bothNear(begun) {
		return true
	}
	end := t.ends.length(t.answer.rest())
	if end == len(t.answer.rest()) && !t.answer.ended {
		t.keep()
		t.answer.ahead(maxNumber + 1)
		end = t.ends.length(t.answer.rest())
	}
	if begun+end > maxNumber {
		return false
	}
	want := token(t.want, t.answer.bytes, t.answer.at-begun, t.answer.at+end, t.answer.at-(t.at-t.mark))
	value, ok := parseNumber(want)
	if !ok {
		return false
	}
	length := t.ends.length(t.output[t.at:])
	got := token(t.got, t.output, t.at-begun, t.at+length, t.mark)
	if t.at+length == len(t.output) { // more of it may come
		t.pending = &number{want: value, place: t.here(begun)}
		t.got = append(t.got[:0], got[:min(len(got), maxNumber+1)]...)
		t.want = append(t.want[:0], want...)
	} else if v, ok := parseNumber(got); !ok || !t.allowed.allows(v, value) {
		t.numberDiffers(got, want, number{value, t.here(begun)})
		return true
	}
	t.at += length
	t.answer.at += end
	t.between()
	return true
}

// bothNear is the short way for two numbers that can be seen whole and are near enough. If
// it reports false, nothing has happened.
func (t *ordered) bothNear(begun int) bool {
	if begun > t.at-t.mark {
		return false
	}
	got, want := t.output[t.at-begun:], t.answer.bytes[t.answer.at-begun:]
	g, gotLength := readDecimal(got)
	w, wantLength := readDecimal(want)
	if gotLength == 0 || gotLength == len(got) || !t.ends[got[gotLength]] || gotLength > maxNumber ||
		wantLength == 0 || wantLength == len(want) || !t.ends[want[wantLength]] || wantLength > maxNumber {
		return false
	}
	s, ok := g.value(got[:gotLength])
	a, also := w.value(want[:wantLength])
	if !ok || !also || !t.allowed.allows(s, a) {
		return false
	}
	t.at += gotLength - begun
	t.answer.at += wantLength - begun
	t.between()
	return true
}

// token is b[from:to], of which what was before mark has been kept.
func token(kept, b []byte, from, to, mark int) []byte {
	if from >= mark {
		return b[from:to]
	}
	return append(kept, b[mark:to]...)
}

// continueNumber takes more of a number at the beginning of a piece of the output.
func (t *ordered) continueNumber() {
	t.at = t.ends.length(t.output)
	t.got = appendUpTo(t.got, t.output[:t.at], maxNumber+1)
	if t.at < len(t.output) && t.endNumber() {
		t.between()
	}
}

// endNumber compares a number that is complete, and reports whether it is near enough.
func (t *ordered) endNumber() bool {
	n := *t.pending
	t.pending = nil
	if v, ok := parseNumber(t.got); !ok || !t.allowed.allows(v, n.want) {
		t.numberDiffers(t.got, t.want, n)
		return false
	}
	return true
}
