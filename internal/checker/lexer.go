package checker

import "bytes"

// lexer knows where strings are, when lists are read. Without lists there are none.
type lexer struct {
	lists    bool
	inString bool
	escaped  bool // a backslash came before
	size     int  // of the string so far, with its first quote
}

// pass goes over b, from outside of any string or from inside of one.
func (l *lexer) pass(b []byte) {
	for len(b) > 0 {
		if !l.inString {
			quote := bytes.IndexByte(b, '"')
			if quote < 0 {
				return
			}
			b = b[quote+1:]
			l.inString, l.escaped, l.size = true, false, 1
		}
		n := l.rest(b)
		l.size += n
		b = b[n:]
	}
}

// rest counts the bytes of b that belong to the string under way. Only if it ends there,
// inString is false after it.
func (l *lexer) rest(b []byte) int {
	for i, c := range b {
		switch {
		case c == '\n':
			l.inString = false
			return i
		case l.escaped:
			l.escaped = false
		case c == '\\':
			l.escaped = true
		case c == '"':
			l.inString = false
			return i + 1
		}
	}
	return len(b)
}

// token counts the bytes of b that are of the token under way, or if none is, of the one
// that begins with b.
func (l lexer) token(b []byte, underWay bool) int {
	switch {
	case l.inString:
		return l.rest(b)
	case !l.lists:
		return endsWord.length(b)
	case underWay || len(b) == 0:
		return endsListWord.length(b)
	case b[0] == '"':
		l.inString = true
		return 1 + l.rest(b[1:])
	case endsListWord[b[0]]:
		return 1
	}
	return endsListWord.length(b)
}
