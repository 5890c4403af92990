package signature

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
)

var update = flag.Bool("update", false, "write the golden files anew")

func one(returns, of string) deemster.Signature {
	return deemster.Signature{Function: "f", Parameters: []deemster.Parameter{{Name: "a", Type: of}}, Returns: returns}
}

func TestValidate(t *testing.T) {
	for _, good := range []deemster.Signature{
		twoSum, one("int", "long[][]"), one("TreeNode", "ListNode[]"), one("void", "int[]"), one("void", "TreeNode"),
		{Function: "class", Parameters: []deemster.Parameter{{Name: "class", Type: "char"}, {Name: "in", Type: "bool"}}, Returns: "string"},
	} {
		if err := Validate(good); err != nil {
			t.Errorf("%+v: %v", good, err)
		}
	}
	named := func(function, parameter string) deemster.Signature {
		s := one("int", "int")
		s.Function, s.Parameters[0].Name = function, parameter
		return s
	}
	tests := []struct {
		s           deemster.Signature
		field, want string
	}{
		{named("", "a"), "function", "is no name"},
		{named("TwoSum", "a"), "function", "lower-case"},
		{named("two_sum", "a"), "function", "two_sum"},
		{named("f(){}", "a"), "function", "is no name"},
		{named(strings.Repeat("f", 41), "a"), "function", "at most 40"},
		{named("f", "1a"), "parameters", `"1a"`},
		{named("f", "a\n"), "parameters", `"a\n"`},
		{named("f", "é"), "parameters", "is no name"},
		{deemster.Signature{Function: "f", Returns: "int"}, "parameters", "1 to 16"},
		{deemster.Signature{Function: "f", Returns: "int", Parameters: make([]deemster.Parameter, 17)}, "parameters", "not 17"},
		{deemster.Signature{Function: "f", Returns: "int", Parameters: []deemster.Parameter{{Name: "a", Type: "int"}, {Name: "a", Type: "int"}}}, "parameters", "two parameters"},
		{one("int", ""), "parameters", "no type"},
		{one("int", "int[][][]"), "parameters", "2 deep"},
		{one("int", "int]["), "parameters", "no type"},
		{one("int", "[]int"), "parameters", "no type"},
		{one("int", "int [] "), "parameters", "no type"},
		{one("int", "void"), "parameters", "no type"},
		{one("float", "int"), "returns", "double, int, long"},
		{one("", "int"), "returns", "void"},
		{one("void", "int"), "returns", "a is of type int"},
		{one("void", "string"), "returns", "has to be a list"},
	}
	for _, tt := range tests {
		err := Validate(tt.s)
		if deemster.KindOf(err) != deemster.Invalid || !strings.Contains(err.Error(), tt.want) || deemster.PublicError(err).Field != tt.field {
			t.Errorf("%+v: %v; want one of field %s that says %q", tt.s, err, tt.field, tt.want)
		}
		if _, err := Files(tt.s, "cpp", []deemster.File{{}}); err == nil {
			t.Errorf("files are made of %+v", tt.s)
		}
		if _, ok := Starter(tt.s, "cpp"); ok {
			t.Errorf("a starter is made of %+v", tt.s)
		}
	}
}

func TestCheck(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"int", "2147483648", "line 1, column 1: expected a whole number of 32 bits"},
		{"int", " 1.0", "column 2"},
		{"int", "1e3", "column 1"},
		{"int", "+1", "column 1"},
		{"int", "01", "column 1"},
		{"int", "-0", "column 1"},
		{"int", "-", "column 1"},
		{"int", "", "column 1"},
		{"int", "1 2", "column 3: expected the end of the line"},
		{"int", "1\n\n2", "line 3, column 1: expected nothing more"},
		{"int", "\n1", "line 1"},
		{"long", "9223372036854775808", "64 bits"},
		{"double", "1.", "expected a number"},
		{"double", ".5", "expected a number"},
		{"double", "1e999", "expected a number"},
		{"double", "NaN", "expected a number"},
		{"double", "1e", "expected a number"},
		{"bool", "True", "true or false"},
		{"bool", "truefalse", "column 5"},
		{"char", `""`, "one ASCII character"},
		{"char", `"ab"`, "one ASCII character"},
		{"char", `"é"`, "one ASCII character"},
		{"string", "abc", "expected a string"},
		{"string", `"abc`, "column 5: expected the end of a string"},
		{"string", "\"a\tb\"", "expected the end of a string"},
		{"string", "\"a\nb\"", "expected the end of a string"},
		{"string", "\"\xff\"", "expected UTF-8"},
		{"string", `"\x41"`, "expected an escape"},
		{"string", `"\u12g4"`, "expected an escape"},
		{"string", `"\`, "expected an escape"},
		{"string", `"\ud800"`, "surrogate"},
		{"string", `"\udc00\ud800"`, "surrogate"},
		{"string", `"\ud800\u0041"`, "surrogate"},
		{"int[]", "[1,]", "column 4"},
		{"int[]", "[1 2]", "column 4: expected a comma"},
		{"int[]", "[1", "column 3: expected a comma"},
		{"int[]", "[[1]]", "column 2: expected a whole number"},
		{"int[]", "1", "expected a list, int[]"},
		{"int[]", "null", "expected a list"},
		{"int[][]", "[1]", "expected a list, int[]"},
		{"ListNode", "[null]", "whole number"},
		{"TreeNode", "[null]", "root"},
		{"TreeNode", "[1,null,null,2]", "all nodes above have their children"},
		{"TreeNode", "[1,nul]", "whole number"},
	}
	for _, tt := range tests {
		s := one(tt.name, tt.name)
		for _, check := range []func() error{
			func() error { return CheckInput(s, strings.NewReader(tt.text)) },
			func() error { return CheckAnswer(s, strings.NewReader(tt.text)) },
		} {
			if err := check(); deemster.KindOf(err) != deemster.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s %q: %v; want %q", tt.name, tt.text, err, tt.want)
			}
		}
	}
	if err := CheckInput(twoSum, strings.NewReader("[1]\n")); err == nil || !strings.Contains(err.Error(), "line 2, column 1") {
		t.Errorf("a value is missing: %v", err)
	}
	if err := CheckInput(twoSum, strings.NewReader("[1]\r\n2\r\n \r\n\n")); err != nil {
		t.Errorf("lines that end as on Windows: %v", err)
	}
	void := one("void", "int[]")
	if err := CheckAnswer(void, strings.NewReader("[1]\n")); err != nil {
		t.Errorf("the answer is the first parameter: %v", err)
	}
	for text, want := range map[string]string{`"caf\u00e9"`: `"café"`, `"\/"`: `"/"`, `"\u000A"`: `"\n"`, `"\u001F"`: `"\u001f"`} {
		if err := CheckAnswer(one("string", "int"), strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("answer %s: %v; want the sentence to say %s", text, err, want)
		}
		if err := CheckInput(one("int", "string"), strings.NewReader(text)); err != nil {
			t.Errorf("input %s: %v", text, err)
		}
	}
}

// What CheckInput lets pass is JSON, and neither check ends in a panic.
func FuzzCheck(f *testing.F) {
	names := []string{"int", "double[]", "char[]", "string[][]", "bool", "long[]", "TreeNode", "ListNode[]"}
	for i, seed := range []string{"1", "[1e5]", `["a"]`, `[["\ud83d\ude00"]]`, "true", "[1,2]", "[1,null,2]", "[[1]]"} {
		f.Add(i, seed)
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		s := one(names[uint(i)%uint(len(names))], names[uint(i)%uint(len(names))])
		err := CheckInput(s, strings.NewReader(text))
		if err == nil && !json.Valid([]byte(text)) {
			t.Errorf("%s: %q is not JSON", s.Returns, text)
		}
		if CheckAnswer(s, strings.NewReader(text)) == nil && err != nil {
			t.Errorf("%s: %q is an answer and no input: %v", s.Returns, text, err)
		}
	})
}

func TestChecker(t *testing.T) {
	if c := Checker(twoSum); !c.Lists || c.FloatAbsolute != nil {
		t.Errorf("%+v", c)
	}
	if c := Checker(one("void", "double[][]")); !c.Lists || c.FloatAbsolute == nil || *c.FloatRelative != 1e-5 {
		t.Errorf("%+v", c)
	}
}

func TestOffered(t *testing.T) {
	for _, id := range Languages() {
		if err := Offered(id); err != nil {
			t.Error(err)
		}
	}
	err := Offered("cobol")
	if deemster.KindOf(err) != deemster.Invalid || deemster.PublicError(err).Field != "language" || !strings.Contains(err.Error(), "C++, Java") {
		t.Errorf("cobol: %v", err)
	}
	if _, err := Files(twoSum, "cobol", []deemster.File{{}}); err == nil {
		t.Error("files are made for cobol")
	}
	if _, err := Files(twoSum, "cpp", make([]deemster.File, 2)); deemster.KindOf(err) != deemster.Invalid {
		t.Errorf("two files: %v", err)
	}
}

// No two names become one in any language, and none is a keyword.
func TestNames(t *testing.T) {
	for _, l := range languages {
		seen := map[string]string{}
		for _, name := range []string{"a", "aB", "ab", "aBC", "abC", "class", "in", "type", "new", "aClass", "len", "is", "as", "end"} {
			called := l.parameterName(name)
			if other, ok := seen[called]; ok {
				t.Errorf("%s: %s and %s are both %s", l.name, other, name, called)
			}
			seen[called] = name
			if slices.Contains(strings.Fields(l.keywords), called) {
				t.Errorf("%s: %s is called %s, a keyword", l.name, name, called)
			}
		}
		for base := range baseTypes {
			if l.types[base] == "" {
				t.Errorf("%s has no %s", l.name, base)
			}
		}
	}
}

// The texts made of a signature, as people and compilers read them.
func TestGolden(t *testing.T) {
	signatures := map[string]deemster.Signature{
		"twoSum": twoSum,
		"mix": {
			Function: "mix",
			Parameters: []deemster.Parameter{
				{Name: "root", Type: "TreeNode"}, {Name: "lists", Type: "ListNode[]"}, {Name: "long", Type: "long[][]"},
				{Name: "isX", Type: "bool"}, {Name: "c", Type: "char"},
			},
			Returns: "double",
		},
		"void": {Function: "turnRound", Parameters: []deemster.Parameter{{Name: "words", Type: "string[]"}}, Returns: "void"},
	}
	for name, s := range signatures {
		starters := Starters(s)
		for _, id := range Languages() {
			l, _ := languageOf(id)
			if l.ids[0] != id {
				if starters[id] != starters[l.ids[0]] {
					t.Errorf("the starter of %s is not that of %s", id, l.ids[0])
				}
				continue
			}
			golden(t, filepath.Join("testdata/golden", name, l.starter), starters[id])
			files, err := Files(s, id, []deemster.File{{Content: "SUBMISSION"}})
			if err != nil {
				t.Fatal(err)
			}
			if name != "twoSum" {
				continue // the drivers differ in little
			}
			for _, f := range files {
				golden(t, filepath.Join("testdata/golden", name, f.Name), f.Content)
			}
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".txt", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: %s", path, diff)
	}
}
