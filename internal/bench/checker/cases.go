package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
)

// benchCase is an answer and an output that is right by some flags.
type benchCase struct {
	name, flags string
	// texts are some of either side; the files are made of them many times over.
	texts func() (answer, output []byte)
}

// cases are what outputs look like. The first is what the figure is of.
var cases = []benchCase{
	{"equal tokens", "", same(integers)},
	{"equal tokens, exact", "exact", same(integers)},
	{"equal tokens of one byte", "", same(digits)},
	{"equal numbers, with a tolerance", "float_tolerance 1e-6", same(numbers)},
	{"equal lists", "lists", same(lists)},
	{"equal lines, in any order", "unordered_lines", same(integers)},
	{"CRLF for LF", "", changed(integers, "\n", "\r\n")},
	{"a space at the end of each line", "", changed(integers, "\n", " \n")},
	{"a token a line", "", changed(integers, " ", "\n")},
	{"tokens of one byte, two spaces between", "", changed(digits, " ", "  ")},
	{"tokens of one byte, one a line", "", changed(digits, " ", "\n")},
	{"words in the other case", "", func() (answer, output []byte) {
		answer = words()
		return answer, bytes.ToUpper(answer)
	}},
	{"every second letter in the other case", "", func() (answer, output []byte) {
		answer = words()
		output = bytes.Clone(answer)
		for i := 0; i < len(output); i += 2 {
			output[i] = bytes.ToUpper(output[i : i+1])[0]
		}
		return answer, output
	}},
	{"numbers off by a little", "float_tolerance 1e-6", func() (answer, output []byte) {
		return printed("%.9f"), printed("%.7f")
	}},
	{"numbers in 17 digits", "float_tolerance 1e-6", func() (answer, output []byte) {
		return printed("%.9f"), printed("%.17g")
	}},
	{"integers printed as numbers", "float_tolerance 1e-6", changed(integers, " ", ".0 ")},
	{"lists with spaces", "lists", changed(lists, ",", ", ")},
	{"numbers in lists off by a little", "lists float_tolerance 1e-6", func() (answer, output []byte) {
		return bytes.ReplaceAll(printed("%.9f"), []byte{' '}, []byte{','}), bytes.ReplaceAll(printed("%.7f"), []byte{' '}, []byte(", "))
	}},
}

const textLines = 1 << 16

func same(text func() []byte) func() (answer, output []byte) {
	return func() (answer, output []byte) {
		answer = text()
		return answer, answer
	}
}

func changed(text func() []byte, from, to string) func() (answer, output []byte) {
	return func() (answer, output []byte) {
		answer = text()
		return answer, bytes.ReplaceAll(answer, []byte(from), []byte(to))
	}
}

// made makes a text of lines; each case makes the same every time.
func made(line func(r *rand.Rand) string) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for range textLines {
		b.WriteString(line(r))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func integers() []byte {
	return made(func(r *rand.Rand) string { return fmt.Sprintf("%d %d", r.IntN(1e6), r.IntN(1e9)) })
}

func digits() []byte {
	return made(func(r *rand.Rand) string {
		return strings.TrimSuffix(strings.Repeat(fmt.Sprintf("%d %d ", r.IntN(10), r.IntN(10)), 20), " ")
	})
}

func words() []byte {
	return made(func(r *rand.Rand) string {
		letters := make([]byte, 3+r.IntN(12))
		for i := range letters {
			letters[i] = byte('a' + r.IntN(26))
		}
		return string(letters)
	})
}

func numbers() []byte { return printed("%.9f") }

// printed is numbers, three a line.
func printed(format string) []byte {
	return made(func(r *rand.Rand) string {
		number := func() string { return fmt.Sprintf(format, (r.Float64()-0.5)*2000) }
		return number() + " " + number() + " " + number()
	})
}

func lists() []byte {
	return made(func(r *rand.Rand) string {
		return fmt.Sprintf(`[%d,%d,%d,"w%d"]`, r.IntN(1000), r.IntN(1e6), r.IntN(1e9), r.IntN(100))
	})
}
