package checker

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// class is a set of bytes.
type class [256]bool

// Tokens end at what is in endsWord, and where lists are read at what is in endsListWord.
// isSpace is the format's white space.
var (
	isSpace      = classOf(" \t\n\v\f\r")
	endsWord     = isSpace
	endsListWord = classOf(" \t\n\v\f\r[]{},:\"")
)

func classOf(members string) (c class) {
	for i := range len(members) {
		c[members[i]] = true
	}
	return c
}

// lower is every byte with A to Z as a to z.
var lower = lowerTable()

func lowerTable() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	return table
}

// length counts the bytes of b before the first that is in c.
func (c *class) length(b []byte) int {
	for i, x := range b {
		if c[x] {
			return i
		}
	}
	return len(b)
}

// tail counts the bytes of b after the last that is in c.
func (c *class) tail(b []byte) int {
	i := len(b)
	for i > 0 && !c[b[i-1]] {
		i--
	}
	return len(b) - i
}

// commonPrefix counts the bytes that a and b begin with alike.
func commonPrefix(a, b []byte) int {
	const (
		try   = 64   // bytes looked at before blocks are worth it
		block = 2048 // long enough for bytes.Equal's vectors, short enough to narrow down
	)
	size := min(len(a), len(b))
	a, b = a[:size], b[:size]
	n := 0
	for n+8 <= size {
		if x, y := load(a[n:]), load(b[n:]); x != y {
			return n + commonBytes(x, y)
		}
		if n += 8; n == try {
			for n+block <= size && bytes.Equal(a[n:n+block], b[n:n+block]) {
				n += block
			}
		}
	}
	for n < size && a[n] == b[n] {
		n++
	}
	return n
}

// commonFolded is as [commonPrefix], with A to Z equal to a to z.
func commonFolded(a, b []byte) int {
	size := min(len(a), len(b))
	a, b = a[:size], b[:size]
	n := 0
	for ; n+8 <= size; n += 8 {
		if x, y := fold(load(a[n:])), fold(load(b[n:])); x != y {
			return n + commonBytes(x, y)
		}
	}
	for n < size && lower[a[n]] == lower[b[n]] {
		n++
	}
	return n
}

// countWords counts the words that begin in b, of bytes that are no white space. inWord
// says whether a word was under way before it, and whether one is after it.
func countWords(b []byte, inWord bool) (int, bool) {
	before := uint64(0) // in its lowest byte 0x80 when a word was under way
	if inWord {
		before = 0x80
	}
	words := 0
	for ; len(b) >= 8; b = b[8:] {
		inside := ^spaces(load(b)) & tops
		words += bits.OnesCount64(inside &^ (inside<<8 | before))
		before = inside >> 56
	}
	inWord = before != 0
	for _, c := range b {
		if !isSpace[c] && !inWord {
			words++
		}
		inWord = !isSpace[c]
	}
	return words, inWord
}

// Eight bytes are looked at as one number. In these, each byte is the same.
const (
	ones = 0x0101010101010101
	tops = 0x80 * ones
)

// commonBytes counts the bytes that x and y, which are not equal, begin with alike.
func commonBytes(x, y uint64) int { return bits.TrailingZeros64(x^y) / 8 }

func load(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// atLeast sets the highest bit of every byte of x that is n or more. Both are below 0x80,
// so that no byte carries into the next.
func atLeast(x uint64, n uint64) uint64 { return (x + (0x80-n)*ones) & tops }

// spaces sets the highest bit of every byte of x that is white space.
func spaces(x uint64) uint64 {
	ascii := x &^ tops
	return (atLeast(ascii, '\t')&^atLeast(ascii, '\r'+1) | atLeast(ascii, ' ')&^atLeast(ascii, ' '+1)) &^ x
}

// fold is x with A to Z as a to z in every byte.
func fold(x uint64) uint64 {
	ascii := x &^ tops
	upper := atLeast(ascii, 'A') &^ atLeast(ascii, 'Z'+1) &^ x
	return x | upper>>2 // 0x80 becomes 0x20, by which the cases differ
}
