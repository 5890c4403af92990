package pack_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
)

// files is a package by path and content.
type files map[string]string

// with is f with more files, or without those whose content is gone.
func (f files) with(more files) files {
	all := maps.Clone(f)
	for name, content := range more {
		if all[name] = content; content == gone {
			delete(all, name)
		}
	}
	return all
}

const gone = "\x00gone"

func (f files) fs() fs.FS {
	m := fstest.MapFS{}
	for name, content := range f {
		m[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return m
}

// zip packs the files below top, "" or "name/".
func (f files) zip(t testing.TB, top string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		entry, err := w.Create(top + name)
		if err == nil {
			_, err = io.WriteString(entry, f[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openZip(content []byte) (*pack.Package, error) {
	return pack.OpenZip(bytes.NewReader(content), int64(len(content)))
}

// small is the smallest package without a finding.
var small = files{
	"problem.yaml":                 "problem_format_version: 2023-07\nname: Sum\nlimits: {time_limit: 1}\n",
	"statement/problem.en.md":      "Add.\n",
	"data/sample/1.in":             "1 2\n",
	"data/sample/1.ans":            "3\n",
	"data/secret/1.in":             "3 4\n",
	"data/secret/1.ans":            "7\n",
	"submissions/accepted/sum.py":  "print(sum(map(int, input().split())))\n",
	"submissions/accepted/sum2.py": "print(sum(map(int, input().split())))\n",
}

const (
	png = "\x89PNG\r\n\x1a\n"
	svg = `<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>`
)

var (
	tolerance = 1e-6
	statement = []pack.Statement{{Language: "en", Title: "Sum", Markdown: "Add.\n"}}
	// What the directories demand.
	accepted = pack.Rule{Permitted: []deemster.Verdict{"AC"}, Bound: pack.Lower, Always: true}
	tooSlow  = pack.Rule{Required: []deemster.Verdict{"TLE"}, Bound: pack.Upper, Always: true}
	rejected = pack.Rule{Required: []deemster.Verdict{"RE", "MLE", "OLE", "TLE", "WA"}, Always: true}
)

// formats is a package in each layout, and what must be read from it.
var formats = map[string]struct {
	files files
	want  pack.Package
}{
	"legacy": {
		files{
			"problem.yaml": "name: Sum\nauthor: Ann Author\nsource: Cup 2020\nsource_url: https://cup.example/\nlicense: cc by-sa\n" +
				"rights_owner: Ann\nlimits:\n  memory: 512\n  output: 8\n  time_multiplier: 5\n  time_safety_margin: 2\n" +
				"validation: default\nvalidator_flags: case_sensitive float_tolerance 1e-6\nkeywords: math Easy sums\n",
			".timelimit":                           "2.5\n",
			"problem_statement/problem.md":         "Add.\n",
			"problem_statement/a.png":              png,
			"data/secret/1.in":                     "",
			"data/secret/1.ans":                    "",
			"data/secret/1.desc":                   "the empty one",
			"submissions/accepted/sum.py":          "pass\n",
			"submissions/time_limit_exceeded/s.py": "pass\n",
			".git/config":                          "secret",
		},
		pack.Package{
			Title: "Sum", Author: "Ann Author", Source: "Cup 2020", License: "cc by-sa", Difficulty: "easy", Tags: []string{"math", "sums"},
			Statements: statement,
			Pictures:   []pack.Picture{{File: pack.File{Path: "problem_statement/a.png", Size: 8}, Name: "a.png", ContentType: "image/png"}},
			Timing:     pack.Timing{ToLimit: 5, ToTLE: 2, Resolution: time.Second}, RightsOwner: "Ann",
			Limits:  deemster.Limits{CPU: 2500 * time.Millisecond, Memory: 512 * deemster.MiB, Output: 8 * deemster.MiB},
			Checker: deemster.Checker{CaseSensitive: true, FloatAbsolute: &tolerance, FloatRelative: &tolerance},
			Tests: []pack.Test{{Name: "secret/1", Group: "secret",
				Input: pack.File{Path: "data/secret/1.in"}, Answer: pack.File{Path: "data/secret/1.ans"}}},
			Submissions: []pack.Submission{
				{Path: "submissions/accepted/sum.py", Files: []deemster.File{{Name: "sum.py", Content: "pass\n"}}, Expected: []deemster.Verdict{"AC"}, Rules: []pack.Rule{accepted}},
				{Path: "submissions/time_limit_exceeded/s.py", Files: []deemster.File{{Name: "s.py", Content: "pass\n"}}, Expected: []deemster.Verdict{"TLE"}, Rules: []pack.Rule{tooSlow}},
			},
		},
	},
	"2025-09": {
		files{
			"problem.yaml": "problem_format_version: 2025-09\nname: {sv: Summa, en: Sum}\nuuid: 5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e\n" +
				"credits:\n  authors:\n  - Ann Author <ann@a.example>\n  - {name: Bo, email: bo@b.example}\n  testers: Cy\n" +
				"source:\n- {name: Cup 2024, url: https://cup.example/}\n- Other Cup\nlicense: cc0\ntype: [pass-fail]\n" +
				"limits: {time_limit: 1, time_multipliers: {ac_to_time_limit: 2}}\nkeywords: [graph theory, hard]\nlanguages: all\n",
			"statement/problem.sv.md":               "Addera.\n",
			"statement/problem.en.md":               "Add.\n",
			"statement/b.svg":                       svg,
			"data/sample/2.in":                      "2",
			"data/sample/2.ans":                     "2",
			"data/sample/test_group.yaml":           "output_validator_args: [space_change_sensitive, float_absolute_tolerance, '1e-6']\n",
			"data/secret/test_group.yaml":           "output_validator_args: [space_change_sensitive, float_absolute_tolerance, '1e-6']\nmax_score:\n",
			"data/secret/b/10.in":                   "10",
			"data/secret/b/10.ans":                  "10",
			"data/secret/a-b/1.in":                  "1",
			"data/secret/a-b/1.ans":                 "1",
			"data/secret/a/2.in":                    "2",
			"data/secret/a/2.ans":                   "2",
			"data/invalid_input/x.in":               "",
			"submissions/rejected/two/main.py":      "import b\n",
			"submissions/rejected/two/b.py":         "",
			"submissions/accepted/x.c":              "// @EXPECTED_RESULTS@: TIMELIMIT, WRONG-ANSWER\n",
			"submissions/accepted/sum.py":           "",
			"submissions/memory_limit_exceeded/m.c": "",
		},
		pack.Package{
			Title: "Sum", Author: "Ann Author, Bo", Source: "Cup 2024, Other Cup", License: "cc0", Difficulty: "hard", Tags: []string{"graph theory"},
			Statements: append(slices.Clone(statement), pack.Statement{Language: "sv", Title: "Summa", Markdown: "Addera.\n"}),
			Pictures:   []pack.Picture{{File: pack.File{Path: "statement/b.svg", Size: deemster.Bytes(len(svg))}, Name: "b.svg", ContentType: "image/svg+xml"}},
			Limits:     deemster.Limits{CPU: time.Second},
			Timing:     pack.Timing{ToLimit: 2, ToTLE: 1.5, Resolution: time.Second},
			UUID:       "5ca6ba5b-36d5-4eff-8aa7-d967cbc4375e",
			Examples:   []pack.Example{{Test: pack.Test{Name: "invalid_input/x", Group: "invalid_input", Input: pack.File{Path: "data/invalid_input/x.in"}}}},
			Checker:    deemster.Checker{SpaceSensitive: true, FloatAbsolute: &tolerance},
			Tests: []pack.Test{
				{Name: "sample/2", Group: "sample", Sample: true, Input: pack.File{Path: "data/sample/2.in", Size: 1}, Answer: pack.File{Path: "data/sample/2.ans", Size: 1}},
				{Name: "secret/a/2", Group: "secret/a", Input: pack.File{Path: "data/secret/a/2.in", Size: 1}, Answer: pack.File{Path: "data/secret/a/2.ans", Size: 1}},
				{Name: "secret/a-b/1", Group: "secret/a-b", Input: pack.File{Path: "data/secret/a-b/1.in", Size: 1}, Answer: pack.File{Path: "data/secret/a-b/1.ans", Size: 1}},
				{Name: "secret/b/10", Group: "secret/b", Input: pack.File{Path: "data/secret/b/10.in", Size: 2}, Answer: pack.File{Path: "data/secret/b/10.ans", Size: 2}},
			},
			Submissions: []pack.Submission{
				{Path: "submissions/accepted/sum.py", Files: []deemster.File{{Name: "sum.py"}}, Expected: []deemster.Verdict{"AC"}, Rules: []pack.Rule{accepted}},
				{Path: "submissions/accepted/x.c", Files: []deemster.File{{Name: "x.c", Content: "// @EXPECTED_RESULTS@: TIMELIMIT, WRONG-ANSWER\n"}}, Expected: []deemster.Verdict{"TLE", "WA"}},
				{Path: "submissions/memory_limit_exceeded/m.c", Files: []deemster.File{{Name: "m.c"}}, Expected: []deemster.Verdict{"MLE"}},
				{Path: "submissions/rejected/two", Files: []deemster.File{{Name: "b.py"}, {Name: "main.py", Content: "import b\n"}},
					Expected: []deemster.Verdict{"WA", "TLE", "RE", "MLE", "OLE"}, Rules: []pack.Rule{rejected}},
			},
		},
	},
}

func TestFormats(t *testing.T) {
	for name, c := range formats {
		t.Run(name, func(t *testing.T) {
			c.want.Slug = "sum-1"
			fromFS, err := pack.OpenFS(c.files.fs(), "Sum-1")
			if err != nil {
				t.Fatal(err)
			}
			fromZip, err := openZip(c.files.zip(t, "sum-1/"))
			if err != nil {
				t.Fatal(err)
			}
			for _, got := range []*pack.Package{fromFS, fromZip} {
				if diff := cmp.Diff(&c.want, got, cmpopts.IgnoreUnexported(pack.Package{}, pack.File{}), cmpopts.EquateEmpty()); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// withSettings is more of problem.yaml.
func withSettings(more string) files {
	return files{"problem.yaml": "name: Sum\nlimits: {time_limit: 1}\n" + more}
}

// manyTests is as many tests as a problem may have.
func manyTests() files {
	many := files{}
	for i := range deemster.MaxTests {
		name := fmt.Sprintf("data/secret/x%04d", i)
		many[name+".in"], many[name+".ans"] = "", ""
	}
	return many
}

// findings is what may be wrong with a package: what is changed in a good one, and what
// must be said of it.
var findings = map[string]struct {
	change files
	want   string // level and text; empty for nothing found
}{
	"nothing":                     {nil, ""},
	"no problem.yaml":             {files{"problem.yaml": gone}, "error problem.yaml: is missing"},
	"empty problem.yaml":          {files{"problem.yaml": ""}, "error problem.yaml: has no name"},
	"not YAML":                    {files{"problem.yaml": "a: [\n"}, "error problem.yaml: is not YAML"},
	"a list":                      {files{"problem.yaml": "- a\n"}, "error problem.yaml: must be a mapping"},
	"two documents":               {files{"problem.yaml": "name: a\n---\nname: b\n"}, "error problem.yaml: must be one YAML document"},
	"bomb of aliases":             {withSettings("a: &a [x, x]\nb: [*a, *a]\n"), "error problem.yaml: line 3: anchors and aliases"},
	"anchor alone":                {withSettings("keywords: &a [x]\n"), "error problem.yaml: line 3: anchors and aliases"},
	"a tag of Python":             {withSettings("keywords: !!python/object:os.system [x]\n"), ""},
	"large problem.yaml":          {withSettings("#" + strings.Repeat("x", 64<<10)), "error problem.yaml: is larger than 64 KiB"},
	"many values":                 {withSettings("keywords: [" + strings.Repeat("a,", 5000) + "]\n"), "error problem.yaml: has more than 5000 values"},
	"key twice":                   {withSettings("name: Again\n"), "error problem.yaml: name: is there twice"},
	"unknown key":                 {withSettings("colour: blue\n"), "warning problem.yaml: colour: is not a key"},
	"empty key":                   {withSettings("author:\n"), ""},
	"name is a list":              {files{"problem.yaml": "name: [a]\n"}, "error problem.yaml: name: must be a text and is a list"},
	"name is too long":            {files{"problem.yaml": "name: " + strings.Repeat("x", 301)}, "error problem.yaml: name: is longer than 300 bytes"},
	"name with escapes":           {files{"problem.yaml": `name: "a\e]0;b\a"`}, "error problem.yaml: name: has a control character"},
	"name in another language":    {files{"problem.yaml": "name: {sv: Summa}\n"}, `error problem.yaml: name: has no name in language "en"`},
	"unknown version":             {withSettings("problem_format_version: 2031-01\n"), "error problem.yaml: problem_format_version: is \"2031-01\""},
	"scored":                      {withSettings("problem_format_version: 2025-09\ntype: scoring\n"), ""},
	"interactive":                 {withSettings("type: [pass-fail, interactive]\n"), "error output_validator: is missing"},
	"custom validation":           {withSettings("validation: custom interactive\n"), "error problem.yaml: validation: is custom, and there is no program"},
	"a validator":                 {files{"output_validator/check.py": ""}, ""},
	"a validator that is unused":  {withSettings("").with(files{"output_validators/check.py": ""}), "warning output_validators: is not used"},
	"included code":               {files{"include/default/lib.py": ""}, "error include: code that is put into"},
	"constants":                   {withSettings("constants: {n: 3}\n"), ""},
	"memory is a text":            {files{"problem.yaml": "name: a\nlimits: {time_limit: 1, memory: lots}\n"}, `error problem.yaml: limits.memory: must be a number and is "lots"`},
	"memory is negative":          {files{"problem.yaml": "name: a\nlimits: {time_limit: 1, memory: -1}\n"}, "error problem.yaml: limits.memory: must be a number from 1 to 16384"},
	"memory is fractional":        {files{"problem.yaml": "name: a\nlimits: {time_limit: 1, memory: 1.5}\n"}, "error problem.yaml: limits.memory: must be a whole number"},
	"time limit is 0":             {files{"problem.yaml": "name: a\nlimits: {time_limit: 0}\n"}, "error problem.yaml: limits.time_limit: must be a number from 0.05 to 120"},
	"time limit is NaN":           {files{"problem.yaml": "name: a\nlimits: {time_limit: .nan}\n"}, "error problem.yaml: limits.time_limit: must be a number"},
	"time limit is infinite":      {files{"problem.yaml": "name: a\nlimits: {time_limit: .inf}\n"}, "error problem.yaml: limits.time_limit: must be a number"},
	"limits is a text":            {files{"problem.yaml": "name: a\nlimits: none\n"}, "error problem.yaml: limits: must be a mapping"},
	"no time limit":               {files{"problem.yaml": "name: a\n"}, "warning problem.yaml: limits.time_limit: is not set; the limit is 2s"},
	".timelimit is odd":           {files{"problem.yaml": "name: a\n", ".timelimit": "1e9"}, "error .timelimit: the time limit is"},
	"ini is odd":                  {files{"problem.yaml": "name: a\n", "domjudge-problem.ini": "timelimit='-1'"}, "error domjudge-problem.ini: the time limit is"},
	"ini":                         {files{"problem.yaml": "name: a\n", "domjudge-problem.ini": "name = x\ntimelimit = '3'"}, ""},
	"unknown flag":                {withSettings("validator_flags: --magic\n"), `error problem.yaml: output validator flags: "--magic"`},
	"tolerance is missing":        {withSettings("validator_flags: float_tolerance\n"), "error problem.yaml: output validator flags: float_tolerance needs"},
	"tolerance is negative":       {withSettings("validator_flags: float_tolerance -1\n"), "error problem.yaml: output validator flags: float_tolerance must be"},
	"tolerance is NaN":            {withSettings("validator_flags: float_tolerance nan\n"), "error problem.yaml: output validator flags: float_tolerance must be"},
	"arguments":                   {files{"data/secret/1.yaml": "args: [x]"}, "error data/secret/1.yaml: args: this judge gives"},
	"no statement":                {files{"statement/problem.en.md": gone}, "error problem_statement: there is no statement"},
	"LaTeX only":                  {files{"statement/problem.en.md": gone, "statement/problem.en.tex": "x"}, "warning statement/problem.en.tex: is made Markdown of"},
	"LaTeX too":                   {files{"statement/problem.en.tex": "x"}, ""},
	"two statements":              {files{"statement/problem.md": "x"}, `error statement/problem.md: is a second statement in language "en"`},
	"statement is too long":       {files{"statement/problem.en.md": strings.Repeat("x", 64<<10+1)}, "error statement/problem.en.md: is larger than 64 KiB"},
	"statement is not UTF-8":      {files{"statement/problem.en.md": "\xff"}, "error statement/problem.en.md: is not UTF-8"},
	"picture is a page":           {files{"statement/a.png": "<html>"}, "error statement/a.png: is not a picture"},
	"picture is too large":        {files{"statement/a.png": png + strings.Repeat("x", 2<<20)}, "error statement/a.png: is larger than 2 MiB"},
	"SVG with a script":           {files{"statement/a.svg": `<svg><script>alert(1)</script></svg>`}, "error statement/a.svg: has a script"},
	"SVG with a handler":          {files{"statement/a.svg": `<svg onload="alert(1)"/>`}, "error statement/a.svg: has a script"},
	"SVG with a reference":        {files{"statement/a.svg": `<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="https://e.example/"/></svg>`}, "error statement/a.svg: refers to"},
	"SVG with entities":           {files{"statement/a.svg": `<!DOCTYPE svg [<!ENTITY a "b">]><svg/>`}, "error statement/a.svg: declares entities"},
	"SVG is a page":               {files{"statement/a.svg": `<html/>`}, "error statement/a.svg: is not an SVG"},
	"no tests":                    {files{"data/sample/1.in": gone, "data/sample/1.ans": gone, "data/secret/1.in": gone, "data/secret/1.ans": gone}, "error data: there are no tests"},
	"samples only":                {files{"data/secret/1.in": gone, "data/secret/1.ans": gone}, "warning data/secret: has no tests"},
	"input without answer":        {files{"data/secret/2.in": ""}, "error data/secret/2.in: has no 2.ans beside it"},
	"answer without input":        {files{"data/secret/b/2.ans": ""}, "error data/secret/b/2.ans: has no 2.in beside it"},
	"unknown file with the tests": {files{"data/secret/gen.py": ""}, "warning data/secret/gen.py: is ignored"},
	"files for a test":            {files{"data/secret/1.files/x": ""}, "error data/secret/1.files/x: this judge gives"},
	"long test name":              {files{"data/secret/" + strings.Repeat("x", 100) + ".in": "", "data/secret/" + strings.Repeat("x", 100) + ".ans": ""}, "the test's name has more than 100 bytes"},
	"many tests":                  {manyTests(), "error data: there are 2002 tests; at most 2000"},
	"odd name":                    {files{"data/secret/a b.in": ""}, `warning "data/secret/a b.in": is ignored`},
	"unknown verdict":             {files{"submissions/mixed/a.py": ""}, "warning submissions/mixed/a.py: is not judged"},
	"unknown label":               {files{"submissions/accepted/a.py": "# @EXPECTED_RESULTS@: MAYBE\n"}, "error submissions/accepted/a.py: @EXPECTED_RESULTS@: "},
	"submission is too large":     {files{"submissions/accepted/a.py": strings.Repeat("#", 64<<10+1)}, "error submissions/accepted/a.py: is larger than 64 KiB"},
	"submission is too large x 2": {files{"submissions/accepted/a/a.py": strings.Repeat("#", 64<<10), "submissions/accepted/a/b.py": "#"}, "error submissions/accepted/a: is larger than 64 KiB"},
	"submission in directories":   {files{"submissions/accepted/a/b/c.py": ""}, "error submissions/accepted/a/b/c.py: the files of a submission"},
	"submission is not UTF-8":     {files{"submissions/accepted/a.py": "\xff"}, "error submissions/accepted/a.py: is not UTF-8"},
	"nothing accepted":            {files{"submissions/accepted/sum.py": gone, "submissions/accepted/sum2.py": gone}, "warning submissions/accepted: has no program"},

	"kinds that do not go together":      {withSettings("type: [submit-answer, multi-pass]\n"), "error problem.yaml: type: submit-answer does not go"},
	"unknown kind":                       {withSettings("type: quiz\n"), `error problem.yaml: type: "quiz" is no type`},
	"pass-fail and scoring":              {withSettings("type: [pass-fail, scoring]\n"), "error problem.yaml: type: a problem is either"},
	"unknown validation":                 {withSettings("validation: custom magic\n"), `error problem.yaml: validation: "magic" cannot be meant`},
	"fewest points":                      {withSettings("type: scoring\ngrading: {objective: min}\n"), "error problem.yaml: grading.objective"},
	"constant with an odd name":          {withSettings("constants: {'a b': 3}\n"), "error problem.yaml: constants"},
	"two validators":                     {withSettings("validation: custom\n").with(files{"output_validators/a.py": "", "output_validators/b.py": ""}), "error output_validators: has 2 programs"},
	"a validator with a script":          {files{"output_validator/build": "make", "output_validator/a.c": ""}, "error output_validator/build: scripts that build"},
	"a validator in directories":         {files{"output_validator/a.c": "", "output_validator/b/c.c": ""}, "error output_validator/b/c.c: the files of a program"},
	"a validator that is no text":        {files{"output_validator/a.c": "\xff"}, "error output_validator/a.c: is not UTF-8"},
	"a validator that is too large":      {files{"output_validator/a.c": strings.Repeat(" ", 4<<20), "output_validator/b.c": " "}, "error output_validator: is larger than 4 MiB"},
	"a validator without sources":        {files{"output_validator/README": "", "output_validator/NOTES.md": ""}, "error output_validator: has no sources"},
	"an input validator of another kind": {files{"input_validators/a.ctd": ""}, "warning input_validators/a.ctd: is not run"},
	"a static validator":                 {files{"static_validator/a.py": ""}, "error static_validator: this judge looks"},
	"points without scoring":             {files{"data/secret/test_group.yaml": "max_score: 3\n"}, "warning data/secret/test_group.yaml: max_score: is not used"},
	"configuration of nothing":           {files{"data/secret/9.yaml": ""}, "warning data/secret/9.yaml: is ignored"},
	"configured twice":                   {files{"data/secret/test_group.yaml": "", "data/secret/testdata.yaml": ""}, "error data/secret/testdata.yaml: says again"},
	"a signature that is none":           {files{"signature.yaml": "function: Sum\nreturns: int\n"}, "error signature.yaml: "},
	"a signature and its data":           {files{"signature.yaml": "function: sum\nreturns: int\nparameters: [{name: a, type: int}]\n"}, "error data/sample/1.in: line 1"},
	"an unknown protocol":                {files{"deemster.yaml": "validator_protocol: mine\n"}, "error deemster.yaml: validator_protocol: must be"},
	"an example without an answer":       {files{"data/invalid_output/1.in": "", "data/invalid_output/1.out": ""}, "error data/invalid_output/1.in: needs 1.out and 1.ans"},
	"a pattern that is none":             {files{"submissions/submissions.yaml": "'accepted/{a.py': {permitted: [AC]}\n"}, "error submissions/submissions.yaml: accepted/{a.py: is no pattern"},
	"an unknown verdict in a pattern":    {files{"submissions/submissions.yaml": "accepted: {permitted: [GOOD]}\n"}, `"GOOD" is no verdict`},
	"rules that contradict each other":   {files{"submissions/submissions.yaml": "accepted/sum.py: {permitted: [WA]}\n"}, "error submissions/submissions.yaml: no verdict is left for submissions/accepted/sum.py"},
	"a mapping is a list":                {files{"submissions/submissions.yaml": "accepted: [AC]\n"}, "error submissions/submissions.yaml: accepted: must be a mapping"},
	"arguments of one test alone":        {files{"data/sample/1.yaml": "output_validator_args: [case_sensitive]"}, ""},
}

func TestFindings(t *testing.T) {
	for name, c := range findings {
		t.Run(name, func(t *testing.T) {
			p, err := pack.OpenFS(small.with(c.change).fs(), "sum")
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, f := range p.Findings {
				found = append(found, string(f.Level)+" "+f.String())
			}
			all := strings.Join(found, "\n")
			if c.want == "" && all != "" || !strings.Contains(all, c.want) {
				t.Errorf("found:\n%s\nwant: %s", all, c.want)
			}
			if isError := strings.Contains(all, "error "); isError != (p.Err() != nil) {
				t.Errorf("Err is %v", p.Err())
			}
		})
	}
}

// TestAllFindings shows that errors are collected, and counted even when there are too
// many to tell.
func TestAllFindings(t *testing.T) {
	bad := files{"problem.yaml": "name: [a]\nlimits: {memory: x}\n", "statement/problem.en.md": gone}
	for i := range 300 {
		bad[fmt.Sprintf("data/secret/orphan%d.ans", i)] = ""
	}
	p, err := pack.OpenFS(small.with(bad).fs(), "sum")
	if err != nil {
		t.Fatal(err)
	}
	got := p.Err().Error()
	for _, want := range []string{"problem.yaml: name", "limits.memory", "there is no statement", "orphan0.ans", "more was found"} {
		if !strings.Contains(got, want) {
			t.Errorf("the error does not name %q: %s", want, got)
		}
	}
	if len(p.Findings) > 101 || deemster.KindOf(p.Err()) != deemster.Invalid {
		t.Errorf("%d findings of kind %s", len(p.Findings), deemster.KindOf(p.Err()))
	}
}

func TestOpenDir(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.in")
	dir := filepath.Join(t.TempDir(), "Sum")
	for name, content := range small {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{
		"2.in": "1.in", "2.ans": "../sample/1.ans", // inside: followed
		"3.in": outside, "4.in": "../../../../../../../../etc/passwd", "loop": ".", "self.in": "self.in", // refused
	} {
		if err := os.Symlink(target, filepath.Join(dir, "data/secret", link)); err != nil {
			t.Fatal(err)
		}
	}
	p, err := pack.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.Slug != "sum" || len(p.Tests) != 3 {
		t.Errorf("slug %q, %d tests; want sum, 3", p.Slug, len(p.Tests))
	}
	sample, ok, err := p.Tests[2].ReadSample(deemster.KiB)
	if err != nil || !ok || sample.Input != "3 4\n" || sample.Answer != "3\n" {
		t.Errorf("the linked test is %+v, %v, error %v", sample, ok, err)
	}
	for _, name := range []string{"3.in", "4.in", "loop", "self.in"} {
		if !slices.ContainsFunc(p.Findings, func(f pack.Finding) bool {
			return f.Level == pack.Error && f.Where == "data/secret/"+name
		}) {
			t.Errorf("link %s was not refused: %v", name, p.Findings)
		}
	}
}

func TestOpenZipFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a-plus-b.zip")
	if err := os.WriteFile(file, small.zip(t, ""), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := pack.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if p.Slug != "a-plus-b" || p.Err() != nil {
		t.Errorf("slug %q, error %v", p.Slug, p.Err())
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestOpenAbsent(t *testing.T) {
	if _, err := pack.Open(filepath.Join(t.TempDir(), "absent")); deemster.KindOf(err) != deemster.NotFound {
		t.Errorf("error %v, want not found", err)
	}
}
