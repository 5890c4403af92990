package signature

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/build"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox"
	"github.com/deemster-oj/deemster/internal/sandbox/native"
)

// core are the languages that every machine of ours has; the others are tested where they
// are installed.
var core = []string{"cpp", "cpp17", "cpp23", "java", "python3", "go", "javascript", "rust"}

// machine is what the tests in real boxes share: preparing the languages takes long.
type machine struct {
	engine    sandbox.Engine
	languages []lang.Language
}

var openMachine = sync.OnceValues(func() (machine, error) {
	all, err := lang.Load(nil)
	if err != nil {
		return machine{}, err
	}
	all = slices.DeleteFunc(all, func(l lang.Language) bool { return !slices.Contains(Languages(), l.ID) })
	dir, err := lang.DefaultCacheDir()
	if err != nil {
		return machine{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return machine{}, err
	}
	var m machine
	m.engine, err = native.New(native.Config{
		ReadOnly: []native.Dir{{Host: dir, Box: lang.CacheDir}},
		Log:      slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return machine{}, err
	}
	m.languages, _, err = lang.Detect(context.Background(), m.engine, all, dir)
	return m, err
})

func realMachine(t *testing.T) machine {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("boxes need root: run the tests as root")
	}
	m, err := openMachine()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// installed are the languages here that have a driver.
func (m machine) installed(t *testing.T) []string {
	t.Helper()
	var ids []string
	for _, id := range Languages() {
		if _, ok := lang.ByID(m.languages, id); ok {
			ids = append(ids, id)
		} else if slices.Contains(core, id) {
			t.Errorf("this machine lacks %s: scripts/install-deps run", id)
		}
	}
	return ids
}

// program is a compiled submission in a box.
type program struct {
	lang.Program
	box sandbox.Box
	log string // of the compiler
}

// compile makes a program of a function; box is nil when it does not compile.
func (m machine) compile(t *testing.T, s deemster.Signature, id, source string) program {
	t.Helper()
	l, ok := lang.ByID(m.languages, id)
	if !ok {
		t.Fatalf("no language %s", id)
	}
	files, err := Files(s, id, []deemster.File{{Name: "whatever", Content: source}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.Program(files, deemster.Limits{CPU: 5 * time.Second, Memory: 512 * deemster.MiB})
	if err != nil {
		t.Fatal(err)
	}
	built, err := build.New(m.engine).Build(context.Background(), build.Source{Language: l, Program: p})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := built.Close(); err != nil {
			t.Error(err)
		}
	})
	if !built.OK {
		return program{log: built.Log}
	}
	box, err := built.Box(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return program{p, box, built.Log}
}

// run gives the program a test and returns what it printed.
func (p program) run(t *testing.T, input string) (string, sandbox.Outcome) {
	t.Helper()
	if p.box == nil {
		t.Fatalf("it does not compile:\n%s", p.log)
	}
	name := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(name, []byte(input), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var output bytes.Buffer
	o, err := p.box.Run(context.Background(), sandbox.Command{
		Args: p.Run, Env: p.Env, Stdin: file, Stdout: &output, KeepStderr: deemster.MaxStderr, Limits: p.Limits,
	})
	if err != nil {
		t.Fatal(err)
	}
	return output.String(), o
}

// gives checks the result for an input.
func (p program) gives(t *testing.T, input, want string) {
	t.Helper()
	got, o := p.run(t, input)
	got = strings.TrimSuffix(got, "\n")
	if o.Ending != sandbox.Exited || o.ExitCode != 0 || got != want {
		same := 0
		for same < min(len(got), len(want)) && got[same] == want[same] {
			same++
		}
		from := max(0, same-30)
		t.Errorf("%.100q\n  gave from byte %d %.200q\n  want %.200q\n  it ended by %s, status %d, %.600s",
			input, from, got[from:], want[from:], o.Ending, o.ExitCode, o.Stderr)
	}
}

// bodies say where a starter waits for the function, and what returns a variable there.
var bodies = map[string]struct{ empty, returns string }{
	"cpp":        {`return \{\};`, "return %s;"},
	"csharp":     {`return [^;]*;`, "return %s;"},
	"java":       {`return [^;]*;`, "return %s;"},
	"python":     {`pass`, "return %s"},
	"go":         {`return .*`, "return %s"},
	"javascript": {`(?m)^\}$`, "return %s;\n}"},
	"typescript": {`throw .*;`, "return %s;"},
	"ruby":       {`(?m)^end$`, "  %s\nend"},
	"php":        {`throw .*;`, "return $%s;"},
	"rust":       {`todo!\(\)`, "%s"},
}

// givesDoubles checks a list that is returned as it came, to the last digit where the runtime
// reads and writes so: Mono does not.
func (p program) givesDoubles(t *testing.T, list string, exact bool) {
	t.Helper()
	if exact {
		p.gives(t, list, list)
		return
	}
	text, _ := p.run(t, list)
	var want, got []float64
	if err := json.Unmarshal([]byte(list), &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || len(got) != len(want) {
		t.Fatalf("%d doubles, want %d: %v", len(got), len(want), err)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-15*math.Abs(want[i]) {
			t.Errorf("%v came back as %v", want[i], got[i])
		}
	}
}

// identity is a function that returns its parameter.
func identity(t *testing.T, s deemster.Signature, id string) string {
	t.Helper()
	l, _ := languageOf(id)
	starter, _ := Starter(s, id)
	body, ok := bodies[id]
	if !ok {
		body = bodies[l.dir]
	}
	empty := regexp.MustCompile(body.empty)
	if len(empty.FindAllString(starter, -1)) == 0 {
		t.Fatalf("no place for a body in %q", starter)
	}
	at := empty.FindAllStringIndex(starter, -1)
	last := at[len(at)-1]
	return starter[:last[0]] + fmt.Sprintf(body.returns, l.parameterName(s.Parameters[0].Name)) + starter[last[1]:]
}

// values are given to a function that returns them: what is read and what is then printed,
// which is the same where nothing is said.
var values = map[string][][2]string{
	"int": {{"0"}, {"-2147483648"}, {"2147483647"}, {"  7 "}},
	"long[][]": {
		{"[]"}, {"[[]]"}, {"[[],[9223372036854775807,-9223372036854775808,9007199254740993],[]]"},
		{" [ [ 1 , 2 ] ,\t[ ] ] \r", "[[1,2],[]]"},
	},
	"double[]": {
		{"[0.1,1.5,-2.25,100,1e20,123456789012345680000]", "[0.1,1.5,-2.25,100,100000000000000000000,123456789012345680000]"},
		{"[1e21,1E+21,1.5e300,-1.7976931348623157e308]", "[1e+21,1e+21,1.5e+300,-1.7976931348623157e+308]"},
		{"[0.000001,0.0000001,1.25e-7,5e-324,2.2250738585072014e-308]", "[0.000001,1e-7,1.25e-7,5e-324,2.2250738585072014e-308]"},
		{"[-0.0,0,0.0e5,-0]", "[0,0,0,0]"},
		{"[0.1e1,0.30000000000000004,3.0,9007199254740993]", "[1,0.30000000000000004,3,9007199254740992]"},
		{"[2e-3,5.684341886080802e-14,2.0E-44,9999999999999998,123456.789e3]", "[0.002,5.684341886080802e-14,2e-44,9999999999999998,123456789]"},
		{"[4.35,0.000123,1e-5,1.7E15,12345678.9,1e16]", "[4.35,0.000123,0.00001,1700000000000000,12345678.9,10000000000000000]"},
	},
	"bool[]": {{"[]"}, {"[true,false,true]"}, {"[ true , false ]", "[true,false]"}},
	"char[][]": {
		{`[["a","\"","\\"],[" ","\n","/"]]`},
		{`[["\u0041","\/","\u0000","\u001f","\b"]]`, `[["A","/","\u0000","\u001f","\b"]]`},
	},
	"string[]": {
		{`["","a b","\"\\/","\b\f\n\r\t","\u0001\u001f"]`},
		{`["\u00e9\u20ac\ud83d\ude00","\u2028\u007f\uFFFD","\u0022\u005c"]`, "[\"é€😀\",\"\u2028\u007f\ufffd\",\"\\\"\\\\\"]"},
		{`["日本語 😀 ß"]`},
		{`["\/\ud834\udd1e!"]`, `["/𝄞!"]`},
	},
	"ListNode[]": {{"[]"}, {"[[]]"}, {"[[1,2,3],[],[-4]]"}},
	"TreeNode": {
		{"[]"}, {"[1]"}, {"[1,2]"}, {"[1,null,3]"}, {"[5,4,8,11,null,13,4,7,2,null,null,null,1]"},
		{"[1,null,2,null,3]"}, {"[1,2,null,null,null]", "[1,2]"},
	},
}

// randomDoubles are of all sizes, and around those where the form changes. The standard
// library writes JSON's numbers as JavaScript does.
func randomDoubles() string {
	random := rand.New(rand.NewPCG(4, 2))
	var list []float64
	for len(list) < 3000 {
		x := math.Float64frombits(random.Uint64())
		if len(list)%2 == 0 {
			x = math.Pow(10, float64(random.IntN(48)-24)) * float64(random.IntN(2000)-1000)
		}
		if len(list)%10 == 0 {
			x = math.Ldexp(1, random.IntN(2000)-1000) // whose neighbours are not equally far
		}
		if !math.IsNaN(x) && !math.IsInf(x, 0) && x != 0 {
			list = append(list, x)
		}
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Every language reads and prints the same values in the same way.
func TestValues(t *testing.T) {
	m := realMachine(t)
	for _, id := range m.installed(t) {
		for name, tests := range values {
			if slices.Contains([]string{"cpp17", "cpp23", "pypy3"}, id) && name != "double[]" {
				continue // their driver is that of another id
			}
			t.Run(id+" "+name, func(t *testing.T) {
				t.Parallel()
				s := deemster.Signature{Function: "same", Parameters: []deemster.Parameter{{Name: "value", Type: name}}, Returns: name}
				p := m.compile(t, s, id, identity(t, s, id))
				if name == "double[]" {
					p.givesDoubles(t, randomDoubles(), id != "csharp")
				}
				for _, v := range tests {
					input, want := v[0], v[1]
					if want == "" {
						want = strings.TrimSpace(input)
					}
					if err := CheckInput(s, strings.NewReader(input)); err != nil {
						t.Errorf("%q: %v", input, err)
					}
					if err := CheckAnswer(s, strings.NewReader(want)); err != nil {
						t.Errorf("%q: %v", want, err)
					}
					p.gives(t, input, want)
				}
			})
		}
	}
}
