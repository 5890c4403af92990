package checker

import (
	"bufio"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
)

// vector says of an answer, under flags, which outputs are right and which wrong.
type vector struct {
	name, flags, answer string
	outputs             []output
}

type output struct {
	line  string // where it stands: file and line
	text  string
	right bool
	says  string // the feedback, if it matters
}

// readVectors reads testdata/*.vectors. A file is lines of these forms; # begins a comment:
//
//	== what it is about
//	flags float_tolerance 1e-6
//	answer "1 2\n"
//	right "1  2"
//	wrong "1 3"
//	says line 1, token 2: expected "2", found "3"
//
// Texts are quoted as in Go. Several stand one after another, and "7"*1000 is a thousand of
// them.
func readVectors(t testing.TB) []vector {
	t.Helper()
	files, err := filepath.Glob("testdata/*.vectors")
	if err != nil || len(files) == 0 {
		t.Fatal("no vectors", err)
	}
	var vectors []vector
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for n := 1; lines.Scan(); n++ {
			line := fmt.Sprintf("%s:%d", filepath.Base(name), n)
			word, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
			if word == "==" {
				vectors = append(vectors, vector{name: strings.TrimSuffix(filepath.Base(name), ".vectors") + "/" + rest})
				continue
			}
			if word == "" || word[0] == '#' {
				continue
			}
			if len(vectors) == 0 {
				t.Fatalf("%s: nothing begins with ==", line)
			}
			if err := vectors[len(vectors)-1].read(line, word, rest); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return vectors
}

func (v *vector) read(line, word, rest string) (err error) {
	switch word {
	case "flags":
		v.flags = rest
	case "answer":
		v.answer, err = unquote(rest)
	case "right", "wrong":
		o := output{line: line, right: word == "right"}
		o.text, err = unquote(rest)
		v.outputs = append(v.outputs, o)
	case "says":
		v.outputs[len(v.outputs)-1].says = rest
	default:
		err = fmt.Errorf("%q is no word of a vector", word)
	}
	return err
}

// unquote reads one or more quoted texts, each with a number of times or without.
func unquote(s string) (string, error) {
	var b strings.Builder
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", fmt.Errorf("%q: %w", s, err)
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			return "", err
		}
		s = s[len(quoted):]
		times := 1
		if strings.HasPrefix(s, "*") {
			number, rest, _ := strings.Cut(s[1:], " ")
			if times, err = strconv.Atoi(number); err != nil {
				return "", err
			}
			s = rest
		}
		b.WriteString(strings.Repeat(text, times))
	}
	return b.String(), nil
}

// whole is the same comparison written for clarity, on whole texts.
func whole(answer, output string, flags deemster.Checker) bool {
	if flags.Exact {
		return answer == output
	}
	if flags.Unordered {
		return slices.Equal(wholeLines(answer, flags), wholeLines(output, flags))
	}
	wantSpace, want := split(answer, flags)
	gotSpace, got := split(output, flags)
	if len(want) != len(got) || flags.SpaceSensitive && !slices.Equal(wantSpace, gotSpace) {
		return false
	}
	for i := range want {
		if !wholeToken(want[i], got[i], flags) {
			return false
		}
	}
	return true
}

// wholeLines are a text's lines, sorted, in a form in which equal lines are equal.
func wholeLines(text string, flags deemster.Checker) (lines []string) {
	for _, line := range strings.Split(text, "\n") {
		space, tokens := split(line, flags)
		if len(tokens) == 0 && !flags.SpaceSensitive {
			continue
		}
		normal := ""
		for i, token := range append(tokens, "") {
			if flags.SpaceSensitive {
				normal += space[i]
			} else if i > 0 {
				normal += " "
			}
			normal += wholeFold(token, flags)
		}
		lines = append(lines, normal)
	}
	slices.Sort(lines)
	return lines
}

var listToken = regexp.MustCompile(`"(?:[^"\\\n]|\\[^\n])*(?:"|\\)?|[\[\]{},:]|[^ \t\n\v\f\r\[\]{},:"]+`)

// split tells a text's tokens, and the white space before each and behind the last.
func split(text string, flags deemster.Checker) (space, tokens []string) {
	if flags.Lists {
		end := 0
		for _, at := range listToken.FindAllStringIndex(text, -1) {
			space = append(space, text[end:at[0]])
			tokens = append(tokens, text[at[0]:at[1]])
			end = at[1]
		}
		return append(space, text[end:]), tokens
	}
	for {
		token := strings.TrimLeft(text, whiteSpace)
		space = append(space, text[:len(text)-len(token)])
		if token == "" {
			return space, tokens
		}
		end := strings.IndexAny(token, whiteSpace)
		if end < 0 {
			end = len(token)
		}
		tokens = append(tokens, token[:end])
		text = token[end:]
	}
}

const whiteSpace = " \t\n\v\f\r"

func wholeToken(want, got string, flags deemster.Checker) bool {
	if a, ok := wholeNumber(want); ok && (flags.FloatAbsolute != nil || flags.FloatRelative != nil) {
		s, ok := wholeNumber(got)
		return ok && (flags.FloatAbsolute != nil && wholeNear(s, a, *flags.FloatAbsolute, 1) ||
			flags.FloatRelative != nil && wholeNear(s, a, *flags.FloatRelative, a))
	}
	return wholeFold(want, flags) == wholeFold(got, flags)
}

// wholeFold is a token without its case, if that is free.
func wholeFold(token string, flags deemster.Checker) string {
	if flags.CaseSensitive || flags.Lists && strings.HasPrefix(token, `"`) {
		return token
	}
	b := []byte(token)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

var decimalNumber = regexp.MustCompile(`^[+-]?([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+)([Ee][+-]?[0-9]+)?$`)

func wholeNumber(token string) (float64, bool) {
	if len(token) > maxNumber || !decimalNumber.MatchString(token) {
		return 0, false
	}
	v, err := strconv.ParseFloat(token, 64)
	return v, err == nil
}

// wholeNear reports whether |s-a| ≤ ε|unit|, as float64 are subtracted and multiplied, but
// without their largest value.
func wholeNear(s, a, epsilon, unit float64) bool {
	wide := func(v float64) *big.Float { return new(big.Float).SetPrec(53).SetFloat64(v) }
	off := wide(0).Sub(wide(s), wide(a))
	return off.Abs(off).Cmp(wide(0).Mul(wide(epsilon), wide(math.Abs(unit)))) <= 0
}
