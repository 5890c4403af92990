package checker

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/deemster-oj/deemster"
)

// parse reads flags as a problem package writes them.
func parse(t testing.TB, flags string) deemster.Checker {
	t.Helper()
	c, err := Parse(strings.Fields(flags))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// compare runs a comparison with the output cut into pieces of size bytes.
func compare(t testing.TB, answer io.Reader, output string, flags deemster.Checker, size int) (bool, string) {
	t.Helper()
	c := New(answer, flags)
	for rest := []byte(output); len(rest) > 0; {
		n := min(size, len(rest))
		piece := bytes.Clone(rest[:n])
		if wrote, err := c.Write(piece); wrote != n || err != nil {
			t.Fatalf("Write = %d, %v; want %d, nil", wrote, err, n)
		}
		clear(piece) // the writer has its buffer back
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

// Comparisons cut the output at any place, and say the same of it. The vectors are in
// testdata; see readVectors for their form.
func TestVectors(t *testing.T) {
	vectors := readVectors(t)
	outputs := 0
	for _, v := range vectors {
		outputs += len(v.outputs)
		t.Run(v.name, func(t *testing.T) {
			flags := parse(t, v.flags)
			for _, o := range v.outputs {
				huge := len(o.text) > 1<<20
				if !(huge && flags.Lists) && whole(v.answer, o.text, flags) != o.right {
					t.Errorf("%s: the comparison of the whole says %v", o.line, !o.right)
				}
				sizes := []int{1, 2, 3, 7, 1000, 1 << 20}
				if len(o.text) > 1<<14 { // so that seconds are enough for all
					sizes = []int{997, 1<<16 - 1}
				}
				if huge {
					sizes = []int{1<<16 - 1}
				}
				for _, size := range sizes {
					ok, feedback := compare(t, strings.NewReader(v.answer), o.text, flags, size)
					if ok != o.right {
						t.Errorf("%s: in pieces of %d: ok = %v (%s)", o.line, size, ok, feedback)
					}
					if o.says != "" && feedback != o.says {
						t.Errorf("%s: in pieces of %d:\n got %s\nwant %s", o.line, size, feedback, o.says)
					}
				}
			}
		})
	}
	if outputs < 150 {
		t.Errorf("%d vectors were read", outputs)
	}
}

func TestAnswerUnreadable(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, flags := range []string{"", "exact", "lists", "unordered_lines", "float_tolerance 1"} {
		for _, output := range []string{"1 ", "1 2", "1 2 3"} {
			c := New(io.MultiReader(strings.NewReader("1 "), iotest.ErrReader(broken)), parse(t, flags))
			c.Write([]byte(output))
			ok, feedback, err := c.Close()
			if ok || feedback != "" || !errors.Is(err, broken) {
				t.Errorf("flags %q, output %q: Close = %v, %q, %v; want the error", flags, output, ok, feedback, err)
			}
		}
	}
}

// A reader that never brings anything must not keep the comparison for ever.
func TestAnswerWithoutEnd(t *testing.T) {
	for _, flags := range []string{"", "unordered_lines"} {
		c := New(nothing{}, parse(t, flags))
		c.Write([]byte("1"))
		if ok, _, err := c.Close(); ok || !errors.Is(err, io.ErrNoProgress) {
			t.Errorf("flags %q: Close = %v, %v; want no progress", flags, ok, err)
		}
	}
}

type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, nil }

func TestContradictingFlags(t *testing.T) {
	c := New(strings.NewReader("1"), deemster.Checker{Exact: true, Lists: true})
	c.Write([]byte("1"))
	if ok, _, err := c.Close(); ok || err == nil {
		t.Errorf("Close = %v, %v; want an error", ok, err)
	}
}

func TestCloseTwice(t *testing.T) {
	for _, flags := range []string{"", "unordered_lines"} {
		c := New(strings.NewReader("1"), parse(t, flags))
		c.Write([]byte("2"))
		_, first, _ := c.Close()
		c.Write([]byte("1"))
		if ok, again, err := c.Close(); ok || err != nil || again != first || first == "" {
			t.Errorf("flags %q: second Close = %v, %q, %v; want false, %q", flags, ok, again, err, first)
		}
	}
}
