package checker

import (
	"math"
	"strconv"

	"github.com/deemster-oj/deemster"
)

// maxNumber is the longest token read as a number, in bytes: every digit of a float64
// printed without an exponent takes under 1.1 KiB.
const maxNumber = 4 << 10

// parseNumber reads a token as a number of the format's grammar, which is decimal:
//
//	[+-]? ( digit* "." digit+ | digit+ "." | digit+ ) ( [Ee] [+-]? digit+ )?
//
// A token longer than maxNumber or too large for a float64 is none.
func parseNumber(token []byte) (float64, bool) {
	if len(token) > maxNumber {
		return 0, false
	}
	d, n := readDecimal(token)
	if n == 0 || n < len(token) {
		return 0, false
	}
	return d.value(token)
}

// powers are the powers of ten that are float64 without rounding.
var powers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// decimal is the number digits × 10^power, if exact.
type decimal struct {
	minus  bool
	digits uint64
	power  int
	exact  bool // digits has not overflowed
}

// value is the float64 that is nearest to the number, which is written as token.
func (d decimal) value(token []byte) (float64, bool) {
	// Where the digits and the power of ten are float64 without rounding, one multiplication
	// or division is rounded right. Most numbers printed are such.
	if d.exact && d.digits < 1<<53 && -len(powers) < d.power && d.power < len(powers) {
		v := float64(d.digits)
		if d.power < 0 {
			v /= powers[-d.power]
		} else {
			v *= powers[d.power]
		}
		if d.minus {
			v = -v
		}
		return v, true
	}
	v, err := strconv.ParseFloat(string(token), 64)
	return v, err == nil
}

// readDecimal reads the number that b begins with, by the grammar, and tells its length; 0
// if there is none.
func readDecimal(b []byte) (d decimal, n int) {
	i := 0
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		d.minus = b[0] == '-'
		i = 1
	}
	begin := i
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		d.digits = 10*d.digits + uint64(b[i]-'0')
	}
	digits := i - begin
	if i < len(b) && b[i] == '.' {
		i++
		begin = i
		for ; i < len(b) && b[i]-'0' <= 9; i++ {
			d.digits = 10*d.digits + uint64(b[i]-'0')
		}
		d.power = begin - i
		digits += i - begin
	}
	if digits == 0 {
		return decimal{}, 0
	}
	d.exact = digits <= 19 // as many as always fit
	if i < len(b) && b[i]|0x20 == 'e' {
		i += d.exponent(b[i:])
	}
	return d, i
}

// exponent adds the exponent that b begins with, if it is one, and tells its length.
func (d *decimal) exponent(b []byte) int {
	i := 1 // behind the e
	minus := false
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		minus = b[i] == '-'
		i++
	}
	begin, e := i, 0
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		e = min(10*e+int(b[i]-'0'), 1<<20) // which no float64 has
	}
	if i == begin {
		return 0
	}
	if minus {
		e = -e
	}
	d.power += e
	return i
}

// tolerance is how far off a number may be.
type tolerance struct{ absolute, relative float64 } // negative if there is none

func toleranceOf(flags deemster.Checker) tolerance {
	t := tolerance{-1, -1}
	if flags.FloatAbsolute != nil {
		t.absolute = *flags.FloatAbsolute
	}
	if flags.FloatRelative != nil {
		t.relative = *flags.FloatRelative
	}
	return t
}

// any reports whether numbers are compared as numbers.
func (t tolerance) any() bool { return t.absolute >= 0 || t.relative >= 0 }

// allows reports whether got is near enough to want.
func (t tolerance) allows(got, want float64) bool {
	off := math.Abs(got - want)
	if math.IsInf(off, 1) { // the half of it is not
		return math.Abs(got/2-want/2) <= t.relative*math.Abs(want/2)
	}
	return off <= t.absolute || t.relative >= 0 && off <= t.relative*math.Abs(want)
}

// most is how far off a number may be from want.
func (t tolerance) most(want float64) float64 {
	return max(t.absolute, t.relative*math.Abs(want))
}
