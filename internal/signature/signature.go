// Package signature makes programs of functions. A problem may ask for one function
// instead of a program: its setter declares a [deemster.Signature], and for each language
// this package has the text that an editor begins with, and a driver, which reads a test,
// calls the function and prints what it returns.
//
// A test's input is a JSON value for each parameter, in their order, each on a line of its
// own. The result is one JSON value on one line. Lists are arrays; a char is a string of
// one character; a ListNode is the array of its values; a TreeNode is the array of its
// values level by level, null where a node has no child, without the nulls at the end.
//
// Drivers of all languages print the same text for the same value, so that comparing needs
// no tolerance for spelling: no spaces, doubles as JavaScript writes them (the fewest digits
// that give the same number back, no exponent from 1e-6 up to 1e21, "0" for negative zero,
// NaN and Infinity bare), strings with the escapes that JSON demands and no others. Answers
// have to be written so too: [CheckAnswer]. Only C# may differ in the last digit of a double,
// which its runtime, Mono, neither reads nor writes exactly.
//
// What the function prints goes to standard error. The driver keeps standard output to
// itself and prints the result alone there, after the function has returned.
//
// A driver trusts its input: [CheckInput] has read it when the problem came in, and from then
// on it is known by its hash. A driver that cannot read it all the same says so on standard
// error and exits with status 3. That is RE like any other status: the function runs in the
// same process and could exit with every status that we would call our own fault.
package signature

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

// Limits of a signature, so that the text made of it stays short.
const (
	maxName       = 40
	maxParameters = 16
	maxDepth      = 2 // of lists
)

// void says in Returns that the first parameter is the result.
const void = "void"

// baseTypes are the types that lists are made of, each with what a value of it is.
var baseTypes = map[string]string{
	"int":      "a whole number of 32 bits",
	"long":     "a whole number of 64 bits",
	"double":   "a number",
	"bool":     "true or false",
	"char":     "a string of one ASCII character",
	"string":   "a string",
	"ListNode": "a list of whole numbers of 32 bits",
	"TreeNode": "a list of whole numbers of 32 bits and nulls",
}

var identifier = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

// Validate refuses a signature that no driver can be made for. The error, of kind Invalid,
// is for the problem's setter. No name is refused for being a keyword somewhere: in that
// language it gets an underscore behind it.
func Validate(s deemster.Signature) error {
	if err := validName("function", s.Function); err != nil {
		return err
	}
	if n := len(s.Parameters); n == 0 || n > maxParameters {
		return deemster.FieldErrorf("parameters", "a function takes 1 to %d parameters, not %d", maxParameters, n)
	}
	seen := map[string]bool{}
	for _, p := range s.Parameters {
		if err := validName("parameters", p.Name); err != nil {
			return err
		}
		if seen[p.Name] {
			return deemster.FieldErrorf("parameters", "two parameters are called %s", p.Name)
		}
		seen[p.Name] = true
		if _, ok := parseType(p.Type); !ok {
			return typeError("parameters", p.Type, "")
		}
	}
	if s.Returns == void {
		if first, _ := parseType(s.Parameters[0].Type); first.depth == 0 && !first.node() {
			return deemster.FieldErrorf("returns", "a function that returns void changes its first parameter, "+
				"which has to be a list, a ListNode or a TreeNode: %s is of type %s", s.Parameters[0].Name, first)
		}
		return nil
	}
	if _, ok := parseType(s.Returns); !ok {
		return typeError("returns", s.Returns, ", void")
	}
	return nil
}

func validName(field, name string) error {
	if len(name) > maxName || !identifier.MatchString(name) {
		return deemster.FieldErrorf(field, "%.50q is no name: use letters and digits, a lower-case letter first, at most %d", name, maxName)
	}
	return nil
}

func typeError(field, name, more string) error {
	types := slices.Sorted(maps.Keys(baseTypes))
	return deemster.FieldErrorf(field, "there is no type %.50q: there are %s%s, and lists of these, [] behind, at most %d deep",
		name, strings.Join(types, ", "), more, maxDepth)
}

// Checker is how results are compared when the problem does not say otherwise: as values,
// and doubles with the tolerance that such problems have everywhere.
func Checker(s deemster.Signature) deemster.Checker {
	c := deemster.Checker{Lists: true, CaseSensitive: true}
	if result(s).base == "double" {
		tolerance := 1e-5
		c.FloatAbsolute, c.FloatRelative = &tolerance, &tolerance
	}
	return c
}

// result is the type of what is printed.
func result(s deemster.Signature) valueType {
	name := s.Returns
	if name == void && len(s.Parameters) > 0 {
		name = s.Parameters[0].Type
	}
	t, _ := parseType(name)
	return t
}

// valueType is a base type in so many lists.
type valueType struct {
	base  string
	depth int
}

func parseType(name string) (valueType, bool) {
	base := strings.TrimRight(name, "[]")
	t := valueType{base: base, depth: strings.Count(name, "[]")}
	return t, baseTypes[base] != "" && t.depth <= maxDepth && t.String() == name
}

func (t valueType) String() string { return t.base + strings.Repeat("[]", t.depth) }

// node reports whether t is a ListNode or a TreeNode, which are made of other values.
func (t valueType) node() bool { return t.base == "ListNode" || t.base == "TreeNode" }

// item is the type of what t, a list, holds.
func (t valueType) item() valueType { return valueType{t.base, t.depth - 1} }
