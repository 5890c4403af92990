package checker

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/deemster-oj/deemster"
)

// flagsOf makes flags of bits, so that a fuzzer can choose.
func flagsOf(bits uint16) deemster.Checker {
	flags := deemster.Checker{
		CaseSensitive:  bits&1 != 0,
		SpaceSensitive: bits&2 != 0,
		Lists:          bits&4 != 0,
		Unordered:      bits&8 != 0,
	}
	tolerance := []float64{0, 1e-9, 0.5, 1e300}[bits>>6&3]
	if bits&16 != 0 && !flags.Unordered {
		flags.FloatAbsolute = &tolerance
	}
	if bits&32 != 0 && !flags.Unordered {
		flags.FloatRelative = &tolerance
	}
	if bits&256 != 0 {
		flags = deemster.Checker{Exact: true}
	}
	return flags
}

// bitsOf is the other way round, nearly, for seeds.
func bitsOf(flags deemster.Checker) (bits uint16) {
	for i, set := range []bool{
		flags.CaseSensitive, flags.SpaceSensitive, flags.Lists, flags.Unordered,
		flags.FloatAbsolute != nil, flags.FloatRelative != nil, false, flags.FloatAbsolute != nil || flags.FloatRelative != nil,
		flags.Exact,
	} {
		if set {
			bits |= 1 << i
		}
	}
	return bits
}

// However the output is cut, what is said of it is what the comparison of whole texts says,
// and it is said in the same words.
func FuzzStreaming(f *testing.F) {
	for _, v := range readVectors(f) {
		if len(v.answer) > 1000 {
			continue
		}
		for i, o := range v.outputs {
			if len(o.text) <= 1000 {
				f.Add(v.answer, o.text, bitsOf(parse(f, v.flags)), uint8(i))
			}
		}
	}
	f.Fuzz(func(t *testing.T, answer, output string, bits uint16, size uint8) {
		flags := flagsOf(bits)
		want := whole(answer, output, flags)
		said := ""
		for i, reader := range []io.Reader{
			strings.NewReader(answer),
			iotest.OneByteReader(strings.NewReader(answer)),
			iotest.DataErrReader(iotest.HalfReader(strings.NewReader(answer))),
		} {
			ok, feedback := compare(t, reader, output, flags, []int{int(size) + 1, 1, 1 << 20}[i])
			if ok != want {
				t.Errorf("answer %q, output %q, flags %+v, size %d, reader %d: ok = %v (%s), want %v",
					answer, output, flags, size, i, ok, feedback, want)
			}
			if i > 0 && feedback != said {
				t.Errorf("answer %q, output %q, flags %+v, size %d, reader %d: says %s; before %s",
					answer, output, flags, size, i, feedback, said)
			}
			said = feedback
		}
	})
}

// Texts longer than a window and than what is remembered of a token, made of few words so
// that they are alike for long, cut at random.
func TestRandomTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := []string{
		"a", "A", "b", "1", "1.0", "1.00000001", "-2e3", "[", "]", ",", "\"", "\"x y\"", "\\", "0x1",
		strings.Repeat("word", 30), strings.Repeat("9", 300), strings.Repeat("0", 5000), "\x00", "é",
	}
	spaces := []string{" ", "\n", "  ", "\r\n", "\t", "", " ", "\n", " ", "\n", strings.Repeat(" ", 3000)}
	text := func(length int) string {
		var b strings.Builder
		for range length {
			b.WriteString(words[random.IntN(len(words))])
			b.WriteString(spaces[random.IntN(len(spaces))])
		}
		return b.String()
	}
	// vary changes what may not matter, and sometimes what does.
	vary := func(s string) string {
		for range random.IntN(4) {
			from := []string{" ", "\n", "a", "1.0", "9", "\"x", "\r"}[random.IntN(7)]
			to := []string{"\n", "  ", "A", "1", "9", "\" x", ""}[random.IntN(7)]
			s = strings.Replace(s, from, to, []int{1, 10, -1}[random.IntN(3)])
		}
		return s
	}
	rights := 0
	for range 200 {
		flags := flagsOf(uint16(random.IntN(512)))
		answer := text(random.IntN(150))
		output := vary(answer)
		want := whole(answer, output, flags)
		if want {
			rights++
		}
		for _, size := range []int{1 + random.IntN(10), 1 + random.IntN(5000), 1 << 20} {
			if ok, feedback := compare(t, strings.NewReader(answer), output, flags, size); ok != want {
				t.Fatalf("answer %q\noutput %q\nflags %+v, pieces of %d: ok = %v (%s), want %v", answer, output, flags, size, ok, feedback, want)
			}
		}
	}
	if rights < 25 || rights > 175 {
		t.Errorf("%d of 200 were right, which shows little", rights)
	}
}

// No output makes a comparison use memory beyond its bound: what has been allocated for all
// of 1 MiB, of any kind and in any mode, is little more than what there is to begin with.
func TestMemory(t *testing.T) {
	const size = 1 << 20
	kinds := map[string][]byte{
		"one token":          bytes.Repeat([]byte("7"), 1<<16),
		"spaces":             bytes.Repeat([]byte(" "), 1<<16),
		"newlines":           bytes.Repeat([]byte("\n"), 1<<16),
		"numbers":            bytes.Repeat([]byte("1.5 "), 1<<14),
		"brackets":           bytes.Repeat([]byte("["), 1<<16),
		"quotes":             bytes.Repeat([]byte("\""), 1<<16),
		"one string":         append([]byte{'"'}, bytes.Repeat([]byte("\\"), 1<<16-1)...),
		"zeros":              make([]byte, 1<<16),
		"digits and letters": bytes.Repeat([]byte("1e1E"), 1<<14),
	}
	for _, flags := range []string{"", "case_sensitive", "space_change_sensitive", "float_tolerance 1e-6", "exact", "lists", "lists float_tolerance 1", "unordered_lines", "unordered_lines lists"} {
		for kind, piece := range kinds {
			for _, same := range []bool{true, false} {
				answer := io.Reader(strings.NewReader("1"))
				if same {
					answer = io.LimitReader(&repeated{piece: piece}, size)
				}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				c := New(answer, parse(t, flags))
				for range size / len(piece) {
					c.Write(piece)
				}
				ok, feedback, err := c.Close()
				runtime.ReadMemStats(&after)
				if err != nil || ok != same {
					t.Errorf("%s, flags %q: Close = %v, %s, %v; want %v", kind, flags, ok, feedback, err, same)
				}
				if used := after.TotalAlloc - before.TotalAlloc; used > 256<<10 {
					t.Errorf("%s, flags %q, same %v: %d bytes were allocated", kind, flags, same, used)
				}
			}
		}
	}
}

// repeated is a text that goes on for ever.
type repeated struct {
	piece []byte
	at    int
}

func (r *repeated) Read(b []byte) (int, error) {
	n := copy(b, r.piece[r.at:])
	r.at = (r.at + n) % len(r.piece)
	return n, nil
}

// Lines in any order are remembered up to a bound.
func TestMemoryOfLines(t *testing.T) {
	var text bytes.Buffer
	for i := range 100_000 {
		fmt.Fprintf(&text, "line %06d of many\n", i)
	}
	lines := text.Bytes()
	half := len(lines) / 2
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c := New(bytes.NewReader(lines), deemster.Checker{Unordered: true})
	c.Write(lines[half:])
	c.Write(lines[:half])
	ok, feedback, err := c.Close()
	runtime.ReadMemStats(&after)
	if !ok || err != nil {
		t.Errorf("Close = %v, %s, %v", ok, feedback, err)
	}
	used := after.TotalAlloc - before.TotalAlloc
	t.Logf("many lines: %d KiB allocated in all", used>>10)
	if used > 6<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
	c = New(bytes.NewReader(lines), deemster.Checker{Unordered: true})
	c.Write(lines[half:])
	c.Write(lines[:half])
	c.Write([]byte("x\n"))
	if ok, feedback, _ := c.Close(); ok || feedback != "expected 100000 lines, found 100001" {
		t.Errorf("one line too many: %v, %s", ok, feedback)
	}
	c = New(bytes.NewReader(lines), deemster.Checker{Unordered: true})
	c.Write(lines[half:])
	c.Write(lines[:half-2])
	c.Write([]byte("x\n"))
	if ok, feedback, _ := c.Close(); ok || feedback != "of 100000 lines at least one is not as expected" {
		t.Errorf("one line is another: %v, %s", ok, feedback)
	}
}

// A comparison is made for every test, and most are small.
func TestSmallComparison(t *testing.T) {
	answer, output := "42\n", []byte("42\n")
	compareOnce := func() {
		c := New(strings.NewReader(answer), deemster.Checker{})
		c.Write(output)
		if ok, _, err := c.Close(); !ok || err != nil {
			t.Error(ok, err)
		}
	}
	if allocs := testing.AllocsPerRun(1000, compareOnce); allocs > 4 {
		t.Errorf("%v allocations", allocs)
	}
}
