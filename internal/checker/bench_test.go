package checker

import (
	"bytes"
	"strings"
	"testing"
)

// What is compared in the command internal/bench/checker against cmp, here for profiles.
func BenchmarkCompare(b *testing.B) {
	lines := func(line string) string { return strings.Repeat(line, 1<<20/len(line)) }
	for _, bench := range []struct{ name, flags, answer, output string }{
		{"equal", "", lines("123456 987654321\n"), lines("123456 987654321\n")},
		{"crlf", "", lines("123456 987654321\n"), lines("123456 987654321\r\n")},
		{"spaces", "", lines("1 2 3 4 5 6 7 8 9\n"), lines("1  2  3  4  5  6  7  8  9\n")},
		{"case", "", lines("hello world\n"), lines("HELLO WORLD\n")},
		{"numbers", "float_tolerance 1e-6", lines("123.456789012 -0.5\n"), lines("123.4567891 -0.50\n")},
		{"digits17", "float_tolerance 1e-6", lines("123.456789012 -0.5\n"), lines("123.45678901200001 -0.5\n")},
		{"lists", "lists", lines("[1,2,3,\"ab\"]\n"), lines("[1, 2, 3, \"ab\"]\n")},
		{"unordered", "unordered_lines", lines("123456 987654321\n"), lines("123456 987654321\n")},
	} {
		b.Run(bench.name, func(b *testing.B) {
			answer, output := []byte(bench.answer), []byte(bench.output)
			n := min(bytes.Count(answer, []byte{'\n'}), bytes.Count(output, []byte{'\n'}))
			answer, output = firstLines(answer, n), firstLines(output, n)
			flags := parse(b, bench.flags)
			b.SetBytes(int64(len(output)))
			for b.Loop() {
				c := New(bytes.NewReader(answer), flags)
				for rest := output; len(rest) > 0; {
					piece := min(64<<10, len(rest))
					c.Write(rest[:piece])
					rest = rest[piece:]
				}
				if ok, feedback, err := c.Close(); !ok || err != nil {
					b.Fatal(feedback, err)
				}
			}
		})
	}
}

func firstLines(text []byte, n int) []byte {
	end := 0
	for range n {
		end += bytes.IndexByte(text[end:], '\n') + 1
	}
	return text[:end]
}

func BenchmarkSmall(b *testing.B) {
	output := []byte("42\n")
	flags := parse(b, "")
	b.ReportAllocs()
	for b.Loop() {
		c := New(bytes.NewReader(output), flags)
		c.Write(output)
		if ok, feedback, err := c.Close(); !ok || err != nil {
			b.Fatal(feedback, err)
		}
	}
}
