package judge

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster/internal/sandbox"
)

// Exit statuses of programs written with testlib.h, as it comes. A checker that is partly
// content ends with the part, in per cent, for its status, so that alone says nothing: the
// first words on standard error do.
const (
	testlibOK     = 0
	testlibWrong  = 1
	testlibFormat = 2 // "presentation error"
	testlibFail   = 3 // what the checker says of itself, or of the answer
	testlibDirt   = 4 // there was more after the output
	testlibPoints = 7
	testlibEOF    = 8 // the output ended too early
)

// testlibWord is what the end of a program written with testlib.h means.
func (v *validator) testlibWord(o sandbox.Outcome) word {
	said := clipped(o.Stderr)
	w := word{judge: said}
	if rest, ok := strings.CutPrefix(said, "points "); ok && o.ExitCode == testlibPoints {
		number, _, _ := strings.Cut(rest, " ")
		points, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil {
			return fault(fmt.Sprintf("gives %.40q points, which is no number", number), nil)
		}
		w.points, w.accepted = &points, points > 0
		return w
	}
	if rest, ok := strings.CutPrefix(said, "partially correct ("); ok {
		number, _, _ := strings.Cut(rest, ")")
		cent, err := strconv.Atoi(number)
		if err != nil || cent < 0 || cent > 100 {
			return fault(fmt.Sprintf("calls the output correct to %.40q per cent", number), nil)
		}
		part := float64(cent) / 100
		w.part, w.accepted = &part, cent == 100 || v.scored && cent > 0
		return w
	}
	switch o.ExitCode {
	case testlibOK:
		w.accepted = true
		return w
	case testlibWrong, testlibFormat, testlibDirt, testlibEOF:
		return w
	case testlibFail:
		return fault("says that it failed (exit status 3)", o.Stderr)
	}
	return fault(fmt.Sprintf("ended with exit status %d, which means nothing from a testlib program", o.ExitCode), o.Stderr)
}
