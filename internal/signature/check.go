package signature

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

// CheckInput reads a test's input as a driver would, and stricter. An error of kind Invalid
// tells the setter in which line and column something else was expected; any other is r's.
func CheckInput(s deemster.Signature, r io.Reader) error {
	var types []valueType
	for _, p := range s.Parameters {
		t, ok := parseType(p.Type)
		if !ok {
			return typeError("parameters", p.Type, "")
		}
		types = append(types, t)
	}
	return checkLines(r, types, false)
}

// CheckAnswer is CheckInput for a test's answer, whose strings have to be written as drivers
// write them.
func CheckAnswer(s deemster.Signature, r io.Reader) error {
	return checkLines(r, []valueType{result(s)}, true)
}

// checkLines reads a value of each type, each on its line, and nothing more.
func checkLines(r io.Reader, types []valueType, canonical bool) error {
	lines := bufio.NewReader(r)
	for i, t := range types {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		v := value{text: line, canonical: canonical}
		if v.read(t); v.wrong == "" {
			if v.space(); v.at < len(line) {
				v.fail("the end of the line")
			}
		}
		if v.wrong != "" {
			return deemster.Errorf(deemster.Invalid, "line %d, column %d: %s, as part of a value of type %s", i+1, v.at+1, v.wrong, t)
		}
	}
	for n := len(types) + 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		v := value{text: line}
		if v.space(); v.at < len(line) {
			return deemster.Errorf(deemster.Invalid, "line %d, column %d: expected nothing more: there is one line for each value, %d in all", n, v.at+1, len(types))
		}
		if err != nil {
			return nil
		}
	}
}

// value reads JSON of known types from a line. The first thing wrong stays, and where.
type value struct {
	text      []byte
	at        int
	canonical bool // strings are held to the drivers' spelling
	wrong     string
}

func (v *value) fail(want string) {
	if v.wrong == "" {
		v.wrong = "expected " + want
	}
}

func (v *value) space() {
	for v.at < len(v.text) {
		switch v.text[v.at] {
		case ' ', '\t', '\r', '\n':
			v.at++
		default:
			return
		}
	}
}

// take passes over word when it is what comes next.
func (v *value) take(word string) bool {
	v.space()
	if len(v.text)-v.at < len(word) || string(v.text[v.at:v.at+len(word)]) != word {
		return false
	}
	v.at += len(word)
	return true
}

func (v *value) read(t valueType) {
	switch {
	case t.depth > 0:
		v.list(t.String(), func() { v.read(t.item()) })
	case t.base == "ListNode":
		v.list(t.base, func() { v.integer("int", 32) })
	case t.base == "TreeNode":
		v.tree()
	case t.base == "int":
		v.integer(t.base, 32)
	case t.base == "long":
		v.integer(t.base, 64)
	case t.base == "double":
		v.double()
	case t.base == "bool":
		if !v.take("true") && !v.take("false") {
			v.fail(baseTypes[t.base])
		}
	case t.base == "char", t.base == "string":
		v.string(t.base)
	}
}

func (v *value) list(name string, item func()) {
	if !v.take("[") {
		v.fail("a list, " + name)
		return
	}
	if v.take("]") {
		return
	}
	for v.wrong == "" {
		item()
		if v.wrong != "" || v.take("]") {
			return
		}
		if !v.take(",") {
			v.fail("a comma or the end of the list")
		}
	}
}

// tree reads a list where nodes below a missing one are not written at all, so that every
// value has a parent.
func (v *value) tree() {
	first, open := true, 1 // how many nodes may still come
	v.list("TreeNode", func() {
		missing := v.take("null")
		switch {
		case open == 0:
			v.fail("the end of the list: all nodes above have their children")
		case missing && first:
			v.fail("a root, or an empty list")
		case missing:
			open--
		default:
			v.integer("int", 32)
			open++ // its own place taken, two more
		}
		first = false
	})
}

// number passes over a number in JSON's grammar.
func (v *value) number() string {
	v.space()
	from := v.at
	v.take("-")
	whole := v.at
	v.digits()
	if v.at == whole || v.at-whole > 1 && v.text[whole] == '0' {
		v.at = from
		return ""
	}
	if v.at < len(v.text) && v.text[v.at] == '.' {
		v.at++
		if !v.digits() {
			return ""
		}
	}
	if v.at < len(v.text) && (v.text[v.at] == 'e' || v.text[v.at] == 'E') {
		v.at++
		if v.at < len(v.text) && (v.text[v.at] == '+' || v.text[v.at] == '-') {
			v.at++
		}
		if !v.digits() {
			return ""
		}
	}
	return string(v.text[from:v.at])
}

func (v *value) digits() bool {
	from := v.at
	for v.at < len(v.text) && '0' <= v.text[v.at] && v.text[v.at] <= '9' {
		v.at++
	}
	return v.at > from
}

func (v *value) integer(name string, bits int) {
	v.space()
	from := v.at
	number := v.number()
	if _, err := strconv.ParseInt(number, 10, bits); err != nil || number == "-0" { // some would read a double
		v.at = from
		v.fail(baseTypes[name])
	}
}

func (v *value) double() {
	v.space()
	from := v.at
	number := v.number()
	if x, err := strconv.ParseFloat(number, 64); number == "" || err != nil || math.IsInf(x, 0) {
		v.at = from
		v.fail(baseTypes["double"])
	}
}

func (v *value) string(name string) {
	if !v.take(`"`) {
		v.fail(baseTypes[name])
		return
	}
	from := v.at - 1
	var said []rune
	for !v.ends() {
		r, ok := v.character()
		if !ok {
			return
		}
		if name == "char" || v.canonical {
			said = append(said, r)
		}
	}
	if v.wrong != "" {
		return
	}
	if name == "char" && (len(said) != 1 || said[0] > 0x7f) {
		v.at = from
		v.fail(baseTypes[name])
	}
	if want := quote(said); v.canonical && want != string(v.text[from:v.at]) {
		v.at = from
		v.fail(fmt.Sprintf("the string to be written with no more escapes than it needs, %.80s", want))
	}
}

// ends passes over the quote at the end of a string.
func (v *value) ends() bool {
	if v.at == len(v.text) || v.text[v.at] < ' ' {
		v.fail("the end of a string")
		return true
	}
	if v.text[v.at] == '"' {
		v.at++
		return true
	}
	return false
}

// escapes are the characters that JSON writes with a letter.
var escapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// character reads one character of a string, which every language has to be able to hold:
// no half of a surrogate pair.
func (v *value) character() (rune, bool) {
	if v.text[v.at] != '\\' {
		r, size := utf8.DecodeRune(v.text[v.at:])
		if r == utf8.RuneError && size == 1 {
			v.fail("UTF-8")
			return 0, false
		}
		v.at += size
		return r, true
	}
	if v.at+1 < len(v.text) {
		if r, ok := escapes[v.text[v.at+1]]; ok {
			v.at += 2
			return r, true
		}
	}
	r, ok := v.unit()
	if !ok {
		v.fail(`an escape: \" \\ \/ \b \f \n \r \t or \u and four digits`)
		return 0, false
	}
	v.at += 6
	if r < 0xd800 || r > 0xdfff {
		return r, true
	}
	low, ok := v.unit()
	if r > 0xdbff || !ok || low < 0xdc00 || low > 0xdfff {
		v.at -= 6
		v.fail("both halves of a surrogate pair")
		return 0, false
	}
	v.at += 6
	return (r-0xd800)<<10 + (low - 0xdc00) + 0x10000, true
}

// unit looks at an escape of four hexadecimal digits.
func (v *value) unit() (rune, bool) {
	if len(v.text)-v.at < 6 || v.text[v.at] != '\\' || v.text[v.at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(v.text[v.at+2:v.at+6]), 16, 16)
	return rune(n), err == nil
}

// quote writes a string as the drivers do.
func quote(text []rune) string {
	out := []byte{'"'}
	for _, r := range text {
		switch r {
		case '"', '\\':
			out = append(out, '\\', byte(r))
		case '\b':
			out = append(out, `\b`...)
		case '\f':
			out = append(out, `\f`...)
		case '\n':
			out = append(out, `\n`...)
		case '\r':
			out = append(out, `\r`...)
		case '\t':
			out = append(out, `\t`...)
		default:
			if r < ' ' {
				out = fmt.Appendf(out, `\u%04x`, r)
			} else {
				out = utf8.AppendRune(out, r)
			}
		}
	}
	return string(append(out, '"'))
}
