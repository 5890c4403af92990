package checker

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/deemster-oj/deemster"
)

// flags reads a checker's flags as a problem package writes them.
func flags(t *testing.T, text string) deemster.Checker {
	t.Helper()
	var c deemster.Checker
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		number := func() *float64 {
			i++
			v, err := strconv.ParseFloat(words[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			return &v
		}
		switch words[i] {
		case "case":
			c.CaseSensitive = true
		case "space":
			c.SpaceSensitive = true
		case "abs":
			c.FloatAbsolute = number()
		case "rel":
			c.FloatRelative = number()
		case "tol":
			c.FloatAbsolute = number()
			c.FloatRelative = c.FloatAbsolute
		default:
			t.Fatalf("unknown flag %q", words[i])
		}
	}
	return c
}

// vectors say, for flags and an answer, which outputs are right and which wrong.
var vectors = []struct {
	name, flags, answer string
	right, wrong        []string
}{
	{
		name: "empty answer", answer: "",
		right: []string{"", " ", "\n", "\r\n", " \t\n\v\f\r"},
		wrong: []string{"0", "\x00", "\\n", " .", "\u00a0"},
	},
	{
		name: "white space is free", answer: "1 2\n3\n",
		right: []string{"1 2\n3\n", "1 2\n3", "1 2 3", "1\n2\n3\n\n\n", "\n 1\t2\v3\f", "1 2\r\n3\r\n", " 1  2 3   "},
		wrong: []string{"", "1", "1 2", "12 3", "1 23", "1 2 3 4", "1 2 3 \x00", "3 2 1", "1 2\u00a03", "\ufeff1 2 3", "1 2 3\x1a"},
	},
	{
		name: "case is free", answer: "Hello World",
		right: []string{"hello world", "HELLO WORLD", "hELLO\nwORLD\n"},
		wrong: []string{"Hello", "HelloWorld", "Hello Worl", "Hello World!", "[ello World", "Hello World d"},
	},
	{
		name: "only ASCII has case", answer: "é @ [ {",
		right: []string{"é @ [ {"},
		wrong: []string{"É @ [ {", "é ` [ {", "é @ { [", "é @ [ ["},
	},
	{
		name: "case counts", flags: "case", answer: "YES no",
		right: []string{"YES no", "YES\nno\n"},
		wrong: []string{"yes no", "YES No", "Yes NO"},
	},
	{
		name: "space counts", flags: "space", answer: "a b\nc\n",
		right: []string{"a b\nc\n", "A b\nC\n"},
		wrong: []string{
			"a b\nc", "a b\nc\n\n", "a b\nc \n", "a  b\nc\n", "a b\r\nc\r\n", " a b\nc\n", "a\tb\nc\n", "a b c\n", "ab\nc\n", "",
			"a b\nd\n", "a b\n\n", "a b\n",
		},
	},
	{
		name: "space counts, no newline at the end", flags: "space case", answer: "a",
		right: []string{"a"},
		wrong: []string{"a\n", " a", "a ", "A", "", "aa"},
	},
	{
		name: "space counts in an empty answer", flags: "space", answer: "",
		right: []string{""}, wrong: []string{"\n", " ", "a"},
	},
	{
		name: "NUL is a byte like others", answer: "a b",
		wrong: []string{"a\x00 b", "a b\x00", "a\x00b", "\x00a b", "a b \x00"},
	},
	{
		name: "invalid UTF-8", answer: "\xff\xfe \x80",
		right: []string{"\xff\xfe\n\x80\n"}, wrong: []string{"\xff\xfe", "\xff \x80", "\ufffd\ufffd \ufffd"},
	},
	{
		name: "numbers are strings without a tolerance", answer: "0 1.0 -1e3",
		right: []string{"0 1.0 -1E3"},
		wrong: []string{"-0 1.0 -1e3", "0.0 1.0 -1e3", "0 1 -1e3", "0 1.00 -1e3", "0 1.0 -1000"},
	},
	{
		name: "absolute tolerance", flags: "abs 1 case", answer: "10 11",
		right: []string{"10 11", "10.1 11.9", "9 10", "11 12", "1e1 1.1E1", "+10 +11", "10. .11e2", "0010 11.000"},
		wrong: []string{"10 9.99999999", "11.000000001 11", "10", "10 11 12", "ten 11", "10 11x", "0xA 0xB", "10 nan", "inf 11", "", "10 11 ."},
	},
	{
		name: "relative tolerance", flags: "rel 0.5", answer: "10 -20",
		right: []string{"5 -10", "15 -30", "10 -20"},
		wrong: []string{"4.999 -20", "10 -30.0001", "15.0001 -20", "10 20", "10 A"},
	},
	{
		name: "either tolerance", flags: "abs 0.5 rel 0.1", answer: "100 0.1",
		right: []string{"110 0.6", "90 -0.4"}, wrong: []string{"110.1 0.1", "100 0.61", "89 0.1"},
	},
	{
		name: "relative tolerance of zero", flags: "rel 1e-6", answer: "0",
		right: []string{"0", "-0", "0.000", "0e10", "1e-400"}, wrong: []string{"1e-300", "zero"},
	},
	{
		name: "no tolerance at all, as a number", flags: "tol 0", answer: "1.50",
		right: []string{"1.5", "15e-1", "0.15E+1", "150e-02"}, wrong: []string{"1.5000001", "1.5e", "1.5e+", "1.5f", "1_5e-1", "1,5"},
	},
	{
		name: "minus zero", flags: "tol 1e-9", answer: "-0.0",
		right: []string{"0", "-0", "0.0", "+0", "1e-9"}, wrong: []string{"2e-9", "-", "+", ""},
	},
	{
		name: "words beside numbers", flags: "tol 0.1", answer: "Case 1: 2.5 1000A",
		right: []string{"case 1: 2.55 1000a"}, wrong: []string{"case 1.0: 2.5 1000A", "case 1: 2.5 1000.0A", "case 1: 2.9 1000A"},
	},
	{
		name: "what is no decimal number is a string", flags: "tol 10 case", answer: "0x10 inf nan . e1 1e 1e999 +-1",
		right: []string{"0x10 inf nan . e1 1e 1e999 +-1"},
		wrong: []string{
			"0x11 inf nan . e1 1e 1e999 +-1", "16 inf nan . e1 1e 1e999 +-1", "0x10 INF nan . e1 1e 1e999 +-1",
			"0x10 inf NaN . e1 1e 1e999 +-1", "0x10 inf nan 0 e1 1e 1e999 +-1", "0x10 inf nan . e1 1e 1e998 +-1",
		},
	},
	{
		name: "an infinite or missing value is near nothing", flags: "tol 1e300", answer: "1",
		right: []string{"2", "-1e300", "1e300"}, wrong: []string{"inf", "-inf", "nan", "Infinity", "1e301", "1e999", "1d0"},
	},
	{
		name: "largest numbers", flags: "rel 1", answer: "1.7e308",
		right: []string{"1.7e308", "1e308", "0"}, wrong: []string{"-1.7e308", "1e309", "-1e300"},
	},
	{
		name: "space counts beside numbers", flags: "space tol 0.1", answer: "1.0 2.0\n",
		right: []string{"1 2.05\n", "1.0 2.0\n"}, wrong: []string{"1 2\n\n", "1  2\n", "1 2", "1\n2\n"},
	},
	{
		name: "30 digits on both sides", flags: "tol 1e-9", answer: "123456789012345678901234567890.123456789012345678901234567890",
		right: []string{"123456789012345678901234567890", "1.2345678901234567890123456789e29"}, wrong: []string{"1.24e29"},
	},
}

// compare runs a comparison with the output cut into pieces of size bytes.
func compare(t *testing.T, answer io.Reader, output string, f deemster.Checker, size int) (bool, string) {
	t.Helper()
	c := New(answer, f)
	for rest := []byte(output); len(rest) > 0; {
		n := min(size, len(rest))
		if wrote, err := c.Write(rest[:n]); wrote != n || err != nil {
			t.Fatalf("Write = %d, %v; want %d, nil", wrote, err, n)
		}
		rest = rest[n:]
	}
	ok, feedback, err := c.Close()
	if err != nil {
		t.Fatalf("Close: %v", err)
	}
	if ok != (feedback == "") {
		t.Errorf("ok = %v with feedback %q", ok, feedback)
	}
	if deemster.Bytes(len(feedback)) > deemster.MaxFeedback {
		t.Errorf("feedback has %d bytes", len(feedback))
	}
	return ok, feedback
}

func TestVectors(t *testing.T) {
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			f := flags(t, v.flags)
			check := func(output string, want bool) {
				for _, size := range []int{1, 2, 3, 1 << 20} {
					if ok, feedback := compare(t, strings.NewReader(v.answer), output, f, size); ok != want {
						t.Errorf("answer %q, output %q in pieces of %d: ok = %v (%s), want %v", v.answer, output, size, ok, feedback, want)
					}
				}
				if whole(v.answer, output, f) != want {
					t.Errorf("answer %q, output %q: the comparison of the whole says %v", v.answer, output, !want)
				}
			}
			for _, output := range v.right {
				check(output, true)
			}
			for _, output := range v.wrong {
				check(output, false)
			}
		})
	}
}

func TestFeedback(t *testing.T) {
	long := strings.Repeat("x", 100)
	tests := []struct{ flags, answer, output, want string }{
		{"", "1\n2\n", "1\n3\n", `line 2: expected "2", found "3"`},
		{"", "12345", "12x45", `line 1: expected "12345", found "12x45"`},
		{"", "Hello", "hELP", `line 1: expected "Hello", found "hELP"`},
		{"", "ab", "abc d", `line 1: expected "ab", found "abc"`},
		{"", "abc", "ab d", `line 1: expected "abc", found "ab"`},
		{"", "1 2", "1", `line 1: expected "2", found the end of the output`},
		{"", "1", "1\n\n\n2 3", `line 4: expected the end of the output, found "2"`},
		{"", "1", "\x1b[31m\x00", `line 1: expected "1", found "\x1b[31m\x00"`},
		{"", long + "a", long + "b c", `line 1: expected …"a", found …"b"`},
		{"", "a", long, `line 1: expected "a", found "` + long[:40] + `"…`},
		{"", "a", strings.Repeat("€", 20), `line 1: expected "a", found "` + strings.Repeat("€", 13) + `"…`},
		{"abs 0.1", "1 2.5", "1 2.75", `line 1: expected "2.5", found "2.75", off by 0.25`},
		{"tol 0.1", "2.5", "two", `line 1: expected "2.5", found "two", not a number`},
		{"space", "a b\n", "a  b\n", `line 1: expected a word, found white space " "`},
		{"space", "a b\n", "a b", `line 1: expected white space "\n", found the end of the output`},
		{"space", "a", "a\n", `line 1: expected the end of the output, found white space "\n"`},
	}
	for _, tt := range tests {
		for _, size := range []int{1, 7, 1 << 20} {
			if _, got := compare(t, strings.NewReader(tt.answer), tt.output, flags(t, tt.flags), size); got != tt.want {
				t.Errorf("answer %.20q, output %.20q in pieces of %d:\n got %s\nwant %s", tt.answer, tt.output, size, got, tt.want)
			}
		}
	}
}

// A token of 4 MiB is compared in the memory of a small one.
func TestHugeTokens(t *testing.T) {
	const size = 4 << 20
	token := bytes.Repeat([]byte("7"), size)
	for _, f := range []string{"", "case", "space", "tol 1e-6"} {
		feed := func(last byte) (ok bool) {
			c := New(bytes.NewReader(token), flags(t, f))
			allocs := testing.AllocsPerRun(1, func() {
				for i := 0; i < size/2-1024; i += 1024 {
					c.Write(token[:1024])
				}
			})
			if allocs > 8 {
				t.Errorf("flags %q: %v allocations", f, allocs)
			}
			// AllocsPerRun called it twice; what is left is the last 2 KiB.
			c.Write(token[:2047])
			c.Write([]byte{last})
			ok, _, err := c.Close()
			if err != nil {
				t.Error(err)
			}
			return ok
		}
		if !feed('7') {
			t.Errorf("flags %q: equal tokens differ", f)
		}
		if feed('8') {
			t.Errorf("flags %q: different tokens are equal", f)
		}
	}
}

func TestManyNumbersDoNotAllocate(t *testing.T) {
	answer := strings.Repeat("3.14159265 ", 10000)
	output := []byte(strings.Repeat("3.14159266\n", 10000))
	f := flags(t, "tol 1e-6")
	allocs := testing.AllocsPerRun(3, func() {
		c := New(strings.NewReader(answer), f)
		c.Write(output)
		if ok, feedback, err := c.Close(); !ok || err != nil {
			t.Fatal(feedback, err)
		}
	})
	if allocs > 20 {
		t.Errorf("%v allocations for 10,000 numbers", allocs)
	}
}

func TestAnswerUnreadable(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, output := range []string{"1", "1 2", "2", "1 2 3"} {
		c := New(io.MultiReader(strings.NewReader("1 "), iotest.ErrReader(broken)), deemster.Checker{})
		c.Write([]byte(output))
		ok, _, err := c.Close()
		if output == "2" { // wrong before the error was met
			if ok {
				t.Error("2 is right")
			}
			continue
		}
		if ok || !errors.Is(err, broken) {
			t.Errorf("output %q: Close = %v, %v; want the error", output, ok, err)
		}
	}
}

func TestCloseTwice(t *testing.T) {
	c := New(strings.NewReader("1"), deemster.Checker{})
	c.Write([]byte("2"))
	_, first, _ := c.Close()
	if ok, again, err := c.Close(); ok || err != nil || again != first {
		t.Errorf("second Close = %v, %q, %v; want false, %q", ok, again, err, first)
	}
}

// whole is the same comparison written for clarity, on whole texts.
func whole(answer, output string, f deemster.Checker) bool {
	const space = " \t\n\v\f\r"
	isSpace := func(r rune) bool { return strings.ContainsRune(space, r) }
	want, got := strings.FieldsFunc(answer, isSpace), strings.FieldsFunc(output, isSpace)
	if f.SpaceSensitive {
		notSpace := func(r rune) bool { return !isSpace(r) }
		a, b := strings.FieldsFunc(answer, notSpace), strings.FieldsFunc(output, notSpace)
		if strings.Join(a, "|") != strings.Join(b, "|") || len(want) != len(got) {
			return false
		}
		if len(want) > 0 && isSpace(rune(answer[0])) != isSpace(rune(output[0])) {
			return false
		}
	}
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if !wholeToken(want[i], got[i], f) {
			return false
		}
	}
	return true
}

func wholeToken(want, got string, f deemster.Checker) bool {
	if f.FloatAbsolute != nil || f.FloatRelative != nil {
		if a, ok := parseNumber([]byte(want)); ok {
			s, ok := parseNumber([]byte(got))
			return ok && (f.FloatAbsolute != nil && math.Abs(s-a) <= *f.FloatAbsolute ||
				f.FloatRelative != nil && math.Abs(s-a) <= *f.FloatRelative*math.Abs(a))
		}
	}
	if f.CaseSensitive {
		return want == got
	}
	fold := func(s string) string {
		b := []byte(s)
		for i, c := range b {
			if 'A' <= c && c <= 'Z' {
				b[i] = c | 0x20
			}
		}
		return string(b)
	}
	return fold(want) == fold(got)
}

func FuzzStreaming(f *testing.F) {
	for _, v := range vectors {
		for i, output := range append(v.right, v.wrong...) {
			f.Add(v.answer, output, byte(i), byte(i+1))
		}
	}
	f.Fuzz(func(t *testing.T, answer, output string, bits, size byte) {
		var flags deemster.Checker
		flags.CaseSensitive = bits&1 != 0
		flags.SpaceSensitive = bits&2 != 0
		tolerance := []float64{0, 1e-9, 0.5, 1e300}[bits>>4&3]
		if bits&4 != 0 {
			flags.FloatAbsolute = &tolerance
		}
		if bits&8 != 0 {
			flags.FloatRelative = &tolerance
		}
		want := whole(answer, output, flags)
		for _, reader := range []io.Reader{strings.NewReader(answer), iotest.OneByteReader(strings.NewReader(answer))} {
			if ok, feedback := compare(t, reader, output, flags, int(size)+1); ok != want {
				t.Errorf("answer %q, output %q, flags %+v, pieces of %d: ok = %v (%s), want %v",
					answer, output, flags, int(size)+1, ok, feedback, want)
			}
		}
	})
}

func BenchmarkEqual(b *testing.B) {
	answer := []byte(strings.Repeat("123456 987654321\n", 1<<16))
	b.SetBytes(int64(len(answer)))
	for b.Loop() {
		c := New(bytes.NewReader(answer), deemster.Checker{})
		for rest := answer; len(rest) > 0; {
			n := min(64<<10, len(rest))
			c.Write(rest[:n])
			rest = rest[n:]
		}
		if ok, feedback, err := c.Close(); !ok || err != nil {
			b.Fatal(feedback, err)
		}
	}
}

func BenchmarkOtherSpace(b *testing.B) {
	answer := []byte(strings.Repeat("123456 987654321\n", 1<<16))
	output := bytes.ReplaceAll(answer, []byte("\n"), []byte(" \n"))
	b.SetBytes(int64(len(output)))
	for b.Loop() {
		c := New(bytes.NewReader(answer), deemster.Checker{})
		c.Write(output)
		if ok, feedback, err := c.Close(); !ok || err != nil {
			b.Fatal(feedback, err)
		}
	}
}
