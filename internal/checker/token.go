package checker

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strconv"
)

// isSpace holds the format's white space; lower is every byte with A to Z as a to z.
var (
	isSpace = [256]bool{' ': true, '\t': true, '\n': true, '\v': true, '\f': true, '\r': true}
	lower   = lowerTable()
)

func lowerTable() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	return table
}

// tokenLength counts the bytes of b before its first white space.
func tokenLength(b []byte) int {
	for i, c := range b {
		if isSpace[c] {
			return i
		}
	}
	return len(b)
}

// lastSpace is the index of the last white space in b, or -1.
func lastSpace(b []byte) int {
	for i := len(b) - 1; i >= 0; i-- {
		if isSpace[b[i]] {
			return i
		}
	}
	return -1
}

// commonPrefix counts the bytes that a and b begin with alike.
func commonPrefix(a, b []byte) int {
	const block = 1024 // long enough for bytes.Equal's vectors, short enough to narrow down
	size := min(len(a), len(b))
	n := 0
	for n+block <= size && bytes.Equal(a[n:n+block], b[n:n+block]) {
		n += block
	}
	for ; n+8 <= size; n += 8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
	}
	for n < size && a[n] == b[n] {
		n++
	}
	return n
}

// parseNumber reads a token as a number of the format's grammar, which is decimal:
//
//	[+-]? ( digit* "." digit+ | digit+ "." | digit+ ) ( [Ee] [+-]? digit+ )?
//
// A token longer than maxNumber or too large for a float64 is none.
func parseNumber(token []byte) (float64, bool) {
	if len(token) > maxNumber || !isNumber(token) {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(token), 64)
	return v, err == nil
}

func isNumber(b []byte) bool {
	b = skipSign(b)
	whole := countDigits(b)
	b = b[whole:]
	fraction := 0
	if len(b) > 0 && b[0] == '.' {
		fraction = countDigits(b[1:])
		b = b[1+fraction:]
	}
	if whole+fraction == 0 {
		return false
	}
	if len(b) == 0 {
		return true
	}
	if lower[b[0]] != 'e' {
		return false
	}
	b = skipSign(b[1:])
	return len(b) > 0 && countDigits(b) == len(b)
}

func skipSign(b []byte) []byte {
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		return b[1:]
	}
	return b
}

func countDigits(b []byte) int {
	n := 0
	for n < len(b) && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	return n
}
