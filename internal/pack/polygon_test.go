package pack_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
)

// polygon is a full package of Polygon.
var polygon = files{
	"problem.xml": `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<problem revision="3" short-name="sum-of-two">
  <names><name language="english" value="Sum of Two"/><name language="russian" value="Сумма"/></names>
  <judging cpu-name="any" input-file="" output-file="" run-count="1">
    <testset name="tests">
      <time-limit>1500</time-limit><memory-limit>268435456</memory-limit><test-count>3</test-count>
      <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
      <tests><test method="manual" sample="true"/><test method="manual"/><test cmd="gen 3" method="generated"/></tests>
    </testset>
  </judging>
  <files><resources><file path="files/testlib.h" type="h.g++"/><file path="files/olymp.sty"/></resources></files>
  <assets>
    <checker name="std::wcmp.cpp" type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>
    <validators><validator><source path="files/val.cpp" type="cpp.g++17"/></validator></validators>
    <solutions>
      <solution tag="main"><source path="solutions/sum.cpp" type="cpp.g++17"/></solution>
      <solution tag="accepted"><source path="solutions/sum.py" type="python.pypy3"/></solution>
      <solution tag="time-limit-exceeded-or-accepted"><source path="solutions/slow.py" type="python.3"/></solution>
      <solution tag="wrong-answer"><source path="solutions/bad.cpp" type="cpp.g++17"/></solution>
      <solution tag="do-not-run"><source path="solutions/not.cpp" type="cpp.g++17"/></solution>
    </solutions>
  </assets>
  <tags><tag value="math"/></tags>
</problem>`,
	"files/check.cpp": "check", "files/val.cpp": "val", "files/testlib.h": "testlib", "files/olymp.sty": "",
	"solutions/sum.cpp": "", "solutions/sum.py": "", "solutions/slow.py": "", "solutions/bad.cpp": "", "solutions/not.cpp": "",
	"tests/01": "1 2\n", "tests/01.a": "3\n", "tests/02": "3 4\n", "tests/02.a": "7\n", "tests/03": "5 6\n", "tests/03.a": "11\n",
	"statements/english/problem-properties.json": `{"language":"english","name":"Sum of Two","legend":"Add $a$ and \\textbf{b}.","input":"Two numbers.","output":"Their sum.","notes":"","sampleTests":[]}`,
	"statements/russian/problem.tex":             "\\begin{problem}{Сумма}{standard input}{standard output}{1.5 seconds}{256 megabytes}\nСложите.\n\\InputFile\nДва числа.\n\\Example\n\\begin{example}\n\\exmpfile{a}{b}%\n\\end{example}\n\\end{problem}\n",
	"statements/english/plan.png":                png,
}

// replaced is problem.xml with something else in the place of a part of it.
func replaced(from, to string) files {
	return files{"problem.xml": strings.Replace(polygon["problem.xml"], from, to, 1)}
}

func openPolygon(t *testing.T, change files) (p *pack.Package, found string) {
	t.Helper()
	p, err := pack.OpenFS(polygon.with(change).fs(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Findings {
		found += string(f.Level) + " " + f.String() + "\n"
	}
	return p, found
}

func TestPolygon(t *testing.T) {
	p, found := openPolygon(t, nil)
	if found != "" {
		t.Errorf("found:\n%s", found)
	}
	if p.Slug != "sum-of-two" || p.Title != "Sum of Two" || p.Limits.CPU.Milliseconds() != 1500 || p.Limits.Memory != 256*deemster.MiB {
		t.Errorf("%q %q %+v", p.Slug, p.Title, p.Limits)
	}
	if !p.Checker.CaseSensitive || p.Validator != nil {
		t.Errorf("checker %+v, validator %+v", p.Checker, p.Validator)
	}
	want := []pack.Statement{
		{Language: "en", Title: "Sum of Two", Markdown: "Add $a$ and **b**.\n\n## Input\n\nTwo numbers.\n\n## Output\n\nTheir sum.\n"},
		{Language: "ru", Title: "Сумма", Markdown: "Сложите.\n\n## Input\n\nДва числа.\n"},
	}
	if diff := cmp.Diff(want, p.Statements); diff != "" {
		t.Error(diff)
	}
	var tests, submissions []string
	for _, test := range p.Tests {
		tests = append(tests, test.Name)
	}
	for _, s := range p.Submissions {
		var expected []string
		for _, v := range s.Expected {
			expected = append(expected, string(v))
		}
		submissions = append(submissions, s.Path+" "+s.Language+" "+strings.Join(expected, "|"))
	}
	if diff := cmp.Diff([]string{"sample/001", "secret/002", "secret/003"}, tests); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"submissions/accepted/sum.cpp  AC", "submissions/accepted/sum.py pypy3 AC",
		"submissions/mixed/slow.py  AC|TLE", "submissions/wrong_answer/bad.cpp  WA",
	}, submissions); diff != "" {
		t.Error(diff)
	}
	if v := p.InputValidators; len(v) != 1 || len(v[0].Files) != 2 || v[0].Protocol != deemster.ProtocolTestlib {
		t.Errorf("input validators %+v", v)
	}
}

func TestPolygonValidators(t *testing.T) {
	p, found := openPolygon(t, replaced(`name="std::wcmp.cpp"`, `name="mine"`))
	if v := p.Validator; found != "" || v == nil || v.Protocol != deemster.ProtocolTestlib || len(v.Files) != 2 || p.Mode.Interactive {
		t.Errorf("a checker: %+v, found:\n%s", v, found)
	}
	p, found = openPolygon(t, replaced(`<validators>`, `<interactor><source path="files/val.cpp"/></interactor><validators>`).with(files{
		"statements/english/example.01": "shown\n", "statements/english/example.01.a": "so\n",
	}))
	if v := p.Validator; found != "" || v == nil || !p.Mode.Interactive || v.Files[1].Path != "output_validator/val.cpp" {
		t.Errorf("an interactor: %+v, found:\n%s", v, found)
	}
	if s, ok, err := p.Tests[0].ReadSample(deemster.KiB); err != nil || !ok || s.Input != "shown\n" || s.Answer != "so\n" {
		t.Errorf("what is shown: %+v, %v", s, err)
	}
}

func TestPolygonPoints(t *testing.T) {
	tests := `<test sample="true" group="0"/><test group="a" points="30"/><test group="a"/><test group="b" points="10"/><test group="b" points="60"/>`
	groups := `<groups><group name="0"/><group name="a" points-policy="complete-group"><dependencies><dependency group="0"/></dependencies></group>` +
		`<group name="b" points-policy="each-test"><dependencies><dependency group="a"/></dependencies></group></groups></testset>`
	change := replaced(`<test method="manual" sample="true"/><test method="manual"/><test cmd="gen 3" method="generated"/>`, tests)
	change["problem.xml"] = strings.Replace(change["problem.xml"], "</testset>", groups, 1)
	p, found := openPolygon(t, change.with(files{"tests/04": "", "tests/04.a": "", "tests/05": "", "tests/05.a": ""}))
	if found != "" {
		t.Errorf("found:\n%s", found)
	}
	want := []deemster.Group{
		{Name: "secret", MaxScore: points(100), Aggregate: "sum"},
		{Name: "secret/001-a", MaxScore: points(30), Aggregate: "pass-fail", Require: []string{"sample"}},
		{Name: "secret/002-b-001", MaxScore: points(10), Aggregate: "sum", Require: []string{"secret/001-a"}},
		{Name: "secret/002-b-002", MaxScore: points(60), Aggregate: "sum", Require: []string{"secret/001-a"}},
	}
	if diff := cmp.Diff(want, p.Groups); diff != "" {
		t.Error(diff)
	}
}

func TestPolygonFindings(t *testing.T) {
	for name, c := range map[string]struct {
		change files
		want   string
	}{
		"not XML":            {files{"problem.xml": "<problem>"}, "error problem.xml: is not the description of a problem"},
		"entities":           {files{"problem.xml": `<!DOCTYPE a [<!ENTITY b "c">]><problem short-name="&b;"/>`}, "error problem.xml: is not the description"},
		"tests not made":     {files{"tests/03": gone, "tests/03.a": gone}, "error problem.xml: 1 of 3 tests are not in the package but have to be generated: export a full package"},
		"a pattern of paths": {replaced("tests/%02d<", "tests/%s%d<"), "error problem.xml: 3 of 3 tests"},
		"input in a file":    {replaced(`input-file=""`, `input-file="input.txt"`), `error problem.xml: programs read or write the file "input.txt"`},
		"run twice":          {replaced(`run-count="1"`, `run-count="2"`), "error problem.xml: programs are run 2 times"},
		"no checker":         {files{"files/check.cpp": gone}.with(replaced(`name="std::wcmp.cpp"`, `name="mine"`)).and(files{"files/check.cpp": gone}), `error problem.xml: "files/check.cpp" is not in the package`},
		"unknown tag":        {replaced(`tag="wrong-answer"`, `tag="odd"`), `with tag "odd" is not judged`},
		"no statement":       {files{"statements/english/problem-properties.json": gone, "statements/russian/problem.tex": gone}, "there is no statement"},
		"odd properties":     {files{"statements/english/problem-properties.json": "{"}, "error statements/english/problem-properties.json: is not JSON"},
		"no time limit":      {replaced("<time-limit>1500</time-limit>", ""), "limits.time_limit: is not set"},
	} {
		if _, found := openPolygon(t, c.change); !strings.Contains(found, c.want) {
			t.Errorf("%s: found:\n%swant: %s", name, found, c.want)
		}
	}
}

// TestLatexIsBounded gives what is not closed, many times, and looks that little comes of it;
// with a search for each end up to the last byte this took half a minute.
func TestLatexIsBounded(t *testing.T) {
	for _, part := range []string{`\(`, `\[`, `$`, `{`, `}`, `\textbf{`, `\begin{itemize}\item `, `\begin{tabular}`, `\begin{verbatim}`, `\href{a}{`, `&`} {
		p, err := pack.OpenFS(small.with(files{
			"statement/problem.en.md": gone, "statement/problem.en.tex": strings.Repeat(part, int(pack.MaxStatement)/len(part)),
		}).fs(), "sum")
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Statements) != 1 || len(p.Statements[0].Markdown) > 8*int(pack.MaxStatement) {
			t.Errorf("%s: %d statements", part, len(p.Statements))
		}
	}
}

// TestLatex shows what statements in LaTeX become.
func TestLatex(t *testing.T) {
	for from, want := range map[string]string{
		`plain`:                               "plain",
		"a % comment\nb":                      "a b",
		`50\% of \$3 \& \#1, a\_b`:            `50% of \$3 & \#1, a\_b`,
		`$a_1 < b\%$ and \(c*d\), $$$e$$$`:    `$a_1 < b\%$ and $c*d$, $e$`,
		`\[ x \] $$y$$`:                       `$$x$$ $$y$$`,
		`\textbf{a \emph{b}} {\bf c} {\it d}`: `**a *b*** **c** *d*`,
		`\texttt{a\_b} \t{c}`:                 "`a_b` `c`",
		"``q'' a---b c--d `e'":                "“q” a—b c–d ‘e'",
		`a~b\ldots a*b <c> [d]`:               `a b… a\*b &lt;c> \[d]`,
		"\\begin{itemize}\n\\item one\n\\item two $x$\n\\end{itemize}":                          "- one\n\n- two $x$",
		"\\begin{enumerate} \\item a \\begin{itemize} \\item b \\end{itemize} \\end{enumerate}": "1. a\n\n  - b",
		"\\begin{verbatim}\na_b \\c\n\\end{verbatim}":                                           "```\na_b \\c\n```",
		"\\begin{tabular}{|l|r|}\\hline a & $b$ \\\\ \\hline c & d \\\\ \\end{tabular}":         "| a | $b$ |\n| --- | --- |\n| c | d |",
		"\\section*{Input}\nTwo.":                                    "## Input\n\nTwo.",
		"\\begin{Input}\nTwo.\n\\end{Input}":                         "## Input\n\nTwo.",
		`\problemname{A} \illustration{0.3}{a.png}{The \emph{plan}}`: "![The *plan*](a.png)",
		`\includegraphics[width=3cm]{a.png}`:                         "![](a.png)",
		`\url{http://a.example/} \href{http://b.example/}{b}`:        "<http://a.example/> [b](http://b.example/)",
		`\constant{n} \nextsample \remainingsamples`:                 "3",
		`\unknown{kept} \noindent x`:                                 "kept  x",
		`a } b`:                                                      "a  b",
		`$unclosed`:                                                  `\$unclosed`,
		`\textbf{unclosed`:                                           "**unclosed**",
		`\begin{itemize} \item unclosed`:                             "- unclosed",
	} {
		p, err := pack.OpenFS(small.with(problemYAML("2025-09", "constants: {n: 3}\n")).with(files{
			"statement/problem.en.md": gone, "statement/problem.en.tex": from,
		}).with(files{"statement/problem.en.md": gone}).fs(), "sum")
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Statements) != 1 || strings.TrimSpace(p.Statements[0].Markdown) != want {
			t.Errorf("%s\nis     %q\nwanted %q", from, p.Statements, want)
		}
	}
}
