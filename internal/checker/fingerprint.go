package checker

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// A fingerprint stands for lines in any order, however many there are, in a few bytes. It
// is a polynomial's value, in the field of the numbers below the prime 2^61-1:
//
//	the product over all lines of (x - line), where a line is its bytes, seven to a
//	coefficient, as a polynomial of y
//
// Two different sets of lines are two different polynomials of x and y, whose degrees are
// no more than the sides have bytes and lines together. At a point chosen at random such
// polynomials are equal with a probability of at most their degree divided by the prime
// (Schwartz and Zippel): for 1 GiB below 2^-29. There are two points, which makes it 2^-58,
// and nobody who writes a program can know them.
type fingerprint struct {
	products [2]uint64
	lines    int64
}

var emptyFingerprint = fingerprint{products: [2]uint64{1, 1}}

const prime = 1<<61 - 1

// keys are the two points.
type keys struct{ x, y [2]uint64 }

func newKeys() (k keys) {
	var random [32]byte
	rand.Read(random[:]) // never fails
	for i := range 2 {
		k.x[i] = binary.LittleEndian.Uint64(random[16*i:]) >> 3 % prime
		k.y[i] = binary.LittleEndian.Uint64(random[16*i+8:]) >> 3 % prime
	}
	return k
}

// add puts a line in.
func (f *fingerprint) add(values [2]uint64, k *keys) {
	for i, v := range values {
		f.products[i] = multiply(f.products[i], modulo(k.x[i]+prime-v))
	}
	f.lines++
}

// hash is the value of a line so far. It begins with a coefficient of one, so that bytes
// of zero count, and ends with the number of bytes in the last coefficient.
type hash struct {
	values [2]uint64
	bytes  uint64 // not in values yet
	count  uint64 // of them
}

var emptyHash = hash{values: [2]uint64{1, 1}}

// write adds the first n bytes of b, if folded with A to Z as a to z.
func (h *hash) write(b []byte, n int, folded bool, k *keys) {
	for n > 0 {
		some := min(n, int(7-h.count))
		var next uint64
		if len(b) >= 8 {
			next = load(b) & (1<<(8*some) - 1)
		} else {
			for i := range some {
				next |= uint64(b[i]) << (8 * i)
			}
		}
		if folded {
			next = fold(next)
		}
		h.bytes |= next << (8 * h.count)
		if h.count += uint64(some); h.count == 7 {
			h.mix(h.bytes, k)
			h.bytes, h.count = 0, 0
		}
		b, n = b[some:], n-some
	}
}

func (h *hash) end(k *keys) [2]uint64 {
	h.mix(h.bytes<<3|h.count, k)
	return h.values
}

func (h *hash) mix(coefficient uint64, k *keys) {
	for i := range h.values {
		h.values[i] = modulo(multiply(h.values[i], k.y[i]) + coefficient)
	}
}

// multiply is a × b in the field.
func multiply(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return modulo(low&prime + (low>>61 | high<<3))
}

// modulo is a, which is below twice the prime, in the field.
func modulo(a uint64) uint64 {
	if a >= prime {
		a -= prime
	}
	return a
}
