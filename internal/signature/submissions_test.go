package signature

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sandbox"
)

var twoSum = deemster.Signature{
	Function:   "twoSum",
	Parameters: []deemster.Parameter{{Name: "nums", Type: "int[]"}, {Name: "target", Type: "int"}},
	Returns:    "int[]",
}

// forEach runs a test in every language with the submission of that name, where another
// standard of a language is no other language.
func forEach(t *testing.T, name string, test func(t *testing.T, m machine, id, source string)) {
	m := realMachine(t)
	for _, id := range m.installed(t) {
		source, err := os.ReadFile(filepath.Join("testdata", name, id))
		if os.IsNotExist(err) && (strings.HasPrefix(id, "cpp") && id != "cpp" || id == "pypy3") {
			continue
		}
		if id == "python3" {
			source, err = os.ReadFile(filepath.Join("testdata", name, "python"))
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			test(t, m, id, string(source))
		})
	}
}

// What a submission prints, by whatever way, is not the result; and its own names and
// macros do not meet the driver's.
func TestNoisy(t *testing.T) {
	forEach(t, "noisy", func(t *testing.T, m machine, id, source string) {
		p := m.compile(t, twoSum, id, source)
		p.gives(t, "[2,7,11,15]\n9\n", "[0,1]")
		p.gives(t, "[2,7,11,15]\r\n26\r\n\r\n", "[2,3]")
		p.gives(t, "[3,3]\n7", "[]")
		if _, o := p.run(t, "[3,3]\n7"); !strings.Contains(string(o.Stderr), "[0,0]") {
			t.Errorf("what it printed is not on standard error: %q", o.Stderr)
		}

		// Input that was never checked.
		for _, input := range []string{"", "[1,2]", "7\n7\n", "[1,2\n"} {
			if got, o := p.run(t, input); got != "" || o.Ending != sandbox.Exited || o.ExitCode != 3 || !strings.Contains(string(o.Stderr), "driver: ") {
				t.Errorf("%q gave %q, %s, status %d, %q; want status 3", input, got, o.Ending, o.ExitCode, o.Stderr)
			}
		}
	})
}

// An error in a submission is told with the submission's line, and with no line of the
// driver.
func TestBroken(t *testing.T) {
	place := map[string]string{
		"cpp": `solution\.hpp:4:`, "java": `Solution\.java:4:`, "python3": `solution\.py"?, line 4`, "go": `solution\.go:4:`,
		"javascript": `main\.js:4`, "typescript": `main\.ts[(:]4`, "rust": `solution\.rs:4:`,
		"ruby": `main\.rb:4`, "php": `main\.php on line 4`, "csharp": `Solution\.cs\(4,`,
	}
	forEach(t, "broken", func(t *testing.T, m machine, id, source string) {
		p := m.compile(t, twoSum, id, source)
		if p.box != nil {
			t.Fatal("it compiles")
		}
		if place[id] == "" || !regexp.MustCompile(place[id]).MatchString(p.log) {
			t.Errorf("the log does not say %s:\n%s", place[id], p.log)
		}
	})
}

// A function that returns nothing changes its first parameter; and names that are keywords
// have another form.
func TestVoid(t *testing.T) {
	s := deemster.Signature{
		Function:   "new",
		Parameters: []deemster.Parameter{{Name: "end", Type: "int[]"}, {Name: "type", Type: "int"}},
		Returns:    "void",
	}
	forEach(t, "void", func(t *testing.T, m machine, id, source string) {
		p := m.compile(t, s, id, source)
		p.gives(t, "[1,2,3]\n4\n", "[3,2,1]")
		p.gives(t, " [ 2147483647 ,-2147483648,0 ] \r\n -1 \r\n", "[0,-2147483648,2147483647]")
	})
}

// Without the function there is no result, and a status that says so or a compile error.
func TestStarters(t *testing.T) {
	forEach(t, "void", func(t *testing.T, m machine, id, _ string) {
		starter, ok := Starter(twoSum, id)
		if !ok {
			t.Fatal("no starter")
		}
		p := m.compile(t, twoSum, id, starter)
		if got, o := p.run(t, "[1,2]\n3\n"); o.Ending == sandbox.Exited && o.ExitCode == 0 && got == "[0,1]\n" {
			t.Errorf("the starter gives %q", got)
		}
	})
}

// A list of a million takes a part of the default limits.
func TestLarge(t *testing.T) {
	var list strings.Builder
	for i := range 1_000_000 {
		fmt.Fprintf(&list, ",%d", i*2147%1_000_003-500_000)
	}
	text := "[" + list.String()[1:] + "]"
	s := deemster.Signature{Function: "same", Parameters: []deemster.Parameter{{Name: "value", Type: "int[]"}}, Returns: "int[]"}
	m := realMachine(t)
	for _, id := range m.installed(t) {
		if id == "cpp17" || id == "cpp23" {
			continue
		}
		t.Run(id, func(t *testing.T) {
			got, o := m.compile(t, s, id, identity(t, s, id)).run(t, text+"\n")
			t.Logf("%v of processor time, %v of memory, status %d", o.CPU, o.Memory, o.ExitCode)
			if got != text+"\n" {
				t.Errorf("%d bytes came back, status %d: %s", len(got), o.ExitCode, o.Stderr)
			}
		})
	}
}
