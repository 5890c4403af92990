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
	d, ok := readDecimal(token)
	if !ok {
		return 0, false
	}
	// Where the digits and the power of ten are float64 without rounding, so is one
	// multiplication or division rounded right. Most numbers printed are such.
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
	exact  bool // no digit was lost
}

// readDecimal reads a token by the grammar. It reports whether it has that form.
func readDecimal(token []byte) (d decimal, ok bool) {
	if len(token) > maxNumber {
		return d, false
	}
	i := 0
	if i < len(token) && (token[i] == '+' || token[i] == '-') {
		d.minus = token[i] == '-'
		i++
	}
	const most = (math.MaxUint64 - 9) / 10
	d.exact = true
	digits := 0
	point := -1
	for ; i < len(token); i++ {
		c := token[i] - '0'
		switch {
		case c <= 9:
			d.exact = d.exact && d.digits <= most
			d.digits = 10*d.digits + uint64(c)
			digits++
			continue
		case token[i] == '.' && point < 0:
			point = digits
			continue
		}
		break
	}
	if digits == 0 {
		return d, false
	}
	if point >= 0 {
		d.power = point - digits
	}
	if i == len(token) {
		return d, true
	}
	if token[i]|0x20 != 'e' {
		return d, false
	}
	return d, d.exponent(token[i+1:])
}

// exponent adds the exponent to the power. It reports whether it is one.
func (d *decimal) exponent(b []byte) bool {
	minus := false
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		minus = b[0] == '-'
		b = b[1:]
	}
	if len(b) == 0 {
		return false
	}
	e := 0
	for _, c := range b {
		if c -= '0'; c > 9 {
			return false
		}
		e = min(10*e+int(c), 1<<20) // which no float64 has
	}
	if minus {
		e = -e
	}
	d.power += e
	return true
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
