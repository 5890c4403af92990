package checker

import (
	"bytes"
	"fmt"
)

// maxCounted is how many bytes of a line words are counted in. Who looks for a word of a
// longer line is better served by a number of bytes.
const maxCounted = 64 << 10

// place is where in the output something is.
type place struct {
	line   int // counted from 1
	bytes  int // before it in its line
	words  int // that begin before it in its line; of the first maxCounted bytes
	inWord bool
}

// pass goes over b.
func (p *place) pass(b []byte) {
	if last := bytes.LastIndexByte(b, '\n'); last >= 0 {
		*p = place{line: p.line + bytes.Count(b[:last+1], []byte{'\n'})}
		b = b[last+1:]
	}
	if room := maxCounted - p.bytes; room > 0 {
		words, inWord := countWords(b[:min(len(b), room)], p.inWord)
		p.words += words
		p.inWord = inWord
	}
	p.bytes += len(b)
}

// token says where a token is that begins here.
func (p place) token() string {
	switch {
	case p.bytes >= maxCounted:
		return p.byte()
	case p.words == 0:
		return fmt.Sprintf("line %d", p.line)
	}
	return fmt.Sprintf("line %d, token %d", p.line, p.words+1)
}

// byte says where a byte is.
func (p place) byte() string {
	if p.bytes == 0 {
		return fmt.Sprintf("line %d", p.line)
	}
	return fmt.Sprintf("line %d, byte %d", p.line, p.bytes+1)
}

// here is where the token begins of which so many bytes have been passed, or the next byte.
func (t *ordered) here(begun int) place {
	p := t.place
	p.pass(t.output[:t.at])
	p.bytes -= begun
	if begun > 0 && p.words > 0 {
		p.words--
	}
	return p
}
