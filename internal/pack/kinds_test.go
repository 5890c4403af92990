package pack_test

import (
	"maps"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/pack"
)

// problemYAML is small's settings with more.
func problemYAML(version, more string) files {
	return files{"problem.yaml": "problem_format_version: " + version + "\nname: Sum\nlimits: {time_limit: 1}\n" + more}
}

// and is f with more, without taking anything away yet.
func (f files) and(more files) files {
	all := maps.Clone(f)
	maps.Copy(all, more)
	return all
}

func points(x float64) *float64 { return &x }

// kinds is what packages become whose kind is not the plainest: what is put on top of a
// small one, and the findings there are.
var kinds = map[string]struct {
	change files
	want   kind
}{
	"interactive": {
		problemYAML("2025-09", "type: interactive\n").and(files{
			"output_validator/talk.py": "", "data/sample/1.interaction": "<1\n>2\n",
		}),
		kind{Mode: deemster.Mode{Interactive: true}, Validator: "output_validator/talk.py", Protocol: "icpc", Files: []string{"talk.py"}, Sample: deemster.Sample{Name: "sample/1", Interaction: "<1\n>2\n"}},
	},
	"interactive, legacy": {
		problemYAML("legacy", "validation: custom interactive\nvalidator_flags: a b\n").and(files{
			"output_validators/check.cpp": "", "output_validators/testlib.h": "", "output_validators/README.md": "",
			"data/secret/testdata.yaml": "output_validator_flags: c\n",
		}),
		kind{Mode: deemster.Mode{Interactive: true}, Validator: "output_validators", Protocol: "icpc", Files: []string{"check.cpp", "testlib.h"}, Args: []string{"a", "b", "c"}},
	},
	"multi-pass": {
		problemYAML("2023-07", "type: [pass-fail, multi-pass]\n").and(files{
			"problem.yaml":                 "problem_format_version: 2023-07\nname: Sum\ntype: [multi-pass]\nlimits: {time_limit: 1, validation_passes: 5, validation_time: 10, validation_memory: 64}\n",
			"output_validator/__init__.py": "", "output_validator/__main__.py": "", "deemster.yaml": "validator_protocol: testlib\n",
		}),
		kind{Mode: deemster.Mode{Passes: 5}, Validator: "output_validator", Protocol: "testlib", Files: []string{"__main__.py", "__init__.py"}},
	},
	"submit-answer": {problemYAML("2025-09", "type: submit-answer\n"), kind{Mode: deemster.Mode{SubmitAnswer: true}}},
	"a validator in a directory of its own": {
		problemYAML("2025-09", "constants: {most: 10, name: x-y}\n").and(files{
			"output_validator/check/check.py": "print({{most}}, '{{name}}', {{other}})", "statement/problem.en.md": "At most {{most}}. {{nextsample}}\n",
			"data/secret/1.yaml":          "output_validator_args: ['{{name}}', two words]\ninput_validator_args: {v.py: [a], w.py: []}\n",
			"data/sample/test_group.yaml": "output_validator_args: []\n",
			"input_validators/v.py":       "", "input_validators/w/w.py": "", "input_validators/w/z.py": "", "input_validators/x/x.py": "", "input_validators/README.md": "",
		}),
		kind{
			Validator: "output_validator/check", Protocol: "icpc", Files: []string{"check.py"}, Content: "print(10, 'x-y', {{other}})", Args: []string{"x-y", "two words"},
			InputValidators: []string{"input_validators/v.py", "input_validators/w", "input_validators/x"}, InputArgs: map[string][]string{"v.py": {"a"}, "w.py": {}},
		},
	},
	"a function": {
		files{
			"signature.yaml":   "function: addUp\nparameters:\n- {name: numbers, type: 'int[]'}\nreturns: long\n",
			"data/sample/1.in": "[1,2]\n", "data/secret/1.in": "[3,4]\n",
		},
		kind{Signature: &deemster.Signature{Function: "addUp", Parameters: []deemster.Parameter{{Name: "numbers", Type: "int[]"}}, Returns: "long"}},
	},
	"samples as they are shown": {
		files{"data/sample/1.in.statement": "1 2 …\n", "data/sample/1.out": "three\n", "data/sample/1.ans": "3\n"},
		kind{Sample: deemster.Sample{Name: "sample/1", Input: "1 2 …\n", Answer: "three\n"}},
	},

	"points by groups": {
		problemYAML("2025-09", "type: scoring\n").and(files{
			"data/secret/1.in": gone, "data/secret/1.ans": gone,
			"data/secret/a/1.in": "", "data/secret/a/1.ans": "", "data/secret/b/deep/1.in": "", "data/secret/b/deep/1.ans": "",
			"data/secret/a/test_group.yaml": "max_score: 30\nrequire_pass: sample\n",
			"data/secret/b/test_group.yaml": "max_score: 70\nscore_aggregation: min\nrequire_pass: [secret/a]\n",
		}),
		kind{Groups: []deemster.Group{
			{Name: "secret", MaxScore: points(100), Aggregate: "sum"},
			{Name: "secret/a", MaxScore: points(30), Aggregate: "pass-fail", Require: []string{"sample"}},
			{Name: "secret/b", MaxScore: points(70), Aggregate: "min", Require: []string{"secret/a"}},
		}},
	},
	"points without a bound": {
		problemYAML("2025-09", "type: scoring\n").and(files{"data/secret/test_group.yaml": "max_score: unbounded\n", "output_validator/v.py": ""}),
		kind{Validator: "output_validator/v.py", Protocol: "icpc", Files: []string{"v.py"}, Groups: []deemster.Group{{Name: "secret", Aggregate: "sum"}}},
	},
	"points of a draft are shared out": {
		problemYAML("2023-07-draft", "type: scoring\n").and(files{
			"data/secret/1.in": gone, "data/secret/1.ans": gone,
			"data/secret/a/1.in": "", "data/secret/a/1.ans": "", "data/secret/b/1.in": "", "data/secret/b/1.ans": "", "data/secret/c/1.in": "", "data/secret/c/1.ans": "",
			"data/secret/a/testdata.yaml": "scoring: {score: 40, aggregation: sum}\n",
		}),
		kind{Groups: []deemster.Group{
			{Name: "secret", MaxScore: points(100), Aggregate: "sum"},
			{Name: "secret/a", MaxScore: points(40), Aggregate: "sum"},
			{Name: "secret/b", MaxScore: points(30), Aggregate: "pass-fail"},
			{Name: "secret/c", MaxScore: points(30), Aggregate: "pass-fail"},
		}},
	},
	"points of a legacy package": {
		problemYAML("legacy", "type: scoring\n").and(files{
			"data/secret/1.in": gone, "data/secret/1.ans": gone,
			"data/secret/a/1.in": "", "data/secret/a/1.ans": "", "data/secret/b/1.in": "", "data/secret/b/1.ans": "",
			"data/testdata.yaml":          "on_reject: continue\nrange: 0 100\ngrader_flags: ignore_sample\n",
			"data/secret/testdata.yaml":   "on_reject: continue\ngrader_flags: first_error accept_if_any_accepted\n",
			"data/secret/a/testdata.yaml": "on_reject: break\naccept_score: 30\nrange: 0 30\ngrader_flags: min\n",
			"data/secret/b/testdata.yaml": "accept_score: '70'\ngrader_flags: avg always_accept\n",
		}),
		kind{Groups: []deemster.Group{
			{Name: "secret", MaxScore: points(100), Aggregate: "sum", TestScore: points(1), Accept: "any"},
			{Name: "secret/a", MaxScore: points(30), Aggregate: "min", TestScore: points(30), Accept: "all", Break: true},
			{Name: "secret/b", MaxScore: points(70), Aggregate: "avg", TestScore: points(70), Accept: "always", Break: true},
		}},
	},
	"points of a legacy package that says nothing": {
		problemYAML("legacy", "type: scoring\n"),
		kind{Groups: []deemster.Group{
			{Name: ".", MaxScore: points(2), Aggregate: "sum", TestScore: points(1), Accept: "all", Break: true},
			{Name: "sample", MaxScore: points(1), Aggregate: "sum", TestScore: points(1), Accept: "all", Break: true},
			{Name: "secret", MaxScore: points(1), Aggregate: "sum", TestScore: points(1), Accept: "all", Break: true},
		}},
	},
	"a group without its points": {
		problemYAML("2025-09", "type: scoring\n").and(files{
			"data/secret/1.in": gone, "data/secret/1.ans": gone, "data/secret/a/1.in": "", "data/secret/a/1.ans": "",
		}),
		kind{
			Groups:   []deemster.Group{{Name: "secret", MaxScore: points(100), Aggregate: "sum"}, {Name: "secret/a", Aggregate: "pass-fail"}},
			Findings: []string{"data/secret/a/test_group.yaml: needs max_score, because secret has 100 points in all"},
		},
	},
	"groups that cannot be meant": {
		problemYAML("2025-09", "type: scoring\n").and(files{
			"data/secret/a/1.in": "", "data/secret/a/1.ans": "", "data/secret/b/1.in": "", "data/secret/b/1.ans": "",
			"data/secret/a/test_group.yaml": "max_score: 80\nscore_aggregation: sum\nrequire_pass: secret/b\n",
			"data/secret/b/test_group.yaml": "max_score: 30\nrequire_pass: [secret/a, secret/x]\n",
		}),
		kind{
			Groups: []deemster.Group{
				{Name: "secret", MaxScore: points(100), Aggregate: "sum"},
				{Name: "secret/a", MaxScore: points(80), Aggregate: "sum", Require: []string{"secret/b"}},
				{Name: "secret/b", MaxScore: points(30), Aggregate: "pass-fail", Require: []string{"secret/a", "secret/x"}},
			},
			Findings: []string{
				"data/secret: has tests and groups; a scored problem has either there",
				"data/secret/a/test_group.yaml: require_pass: secret/b does not come before it",
				"data/secret/b/test_group.yaml: require_pass: secret/a must be pass-fail",
				"data/secret/b/test_group.yaml: require_pass: there is no group \"secret/x\"",
				"data/secret: is worth 100, and the groups in it 110 together",
			},
		},
	},
}

// kind is what is looked at of a package; the last test stands for all.
type kind struct {
	Mode            deemster.Mode
	Validator       string
	Protocol        deemster.Protocol
	Files           []string
	Content         string // of the first file, when it matters
	Args            []string
	InputValidators []string
	InputArgs       map[string][]string
	Signature       *deemster.Signature
	Groups          []deemster.Group
	Sample          deemster.Sample // when it matters
	Findings        []string
}

func TestKinds(t *testing.T) {
	for name, c := range kinds {
		t.Run(name, func(t *testing.T) {
			p, err := pack.OpenFS(small.with(c.change).fs(), "sum")
			if err != nil {
				t.Fatal(err)
			}
			last := p.Tests[len(p.Tests)-1]
			got := kind{Mode: p.Mode, Args: last.Args, InputArgs: last.InputArgs, Signature: p.Signature, Groups: p.Groups}
			if p.Validator != nil {
				got.Validator, got.Protocol = p.Validator.Path, p.Validator.Protocol
				for i, f := range p.Validator.Files {
					got.Files = append(got.Files, path.Base(f.Path))
					if content, err := f.Read(deemster.KiB); err != nil {
						t.Error(err)
					} else if i == 0 && c.want.Content != "" {
						got.Content = string(content)
					}
				}
			}
			for _, v := range p.InputValidators {
				got.InputValidators = append(got.InputValidators, v.Path)
			}
			if c.want.Sample.Name != "" {
				if got.Sample, _, err = p.Tests[0].ReadSample(deemster.KiB); err != nil {
					t.Error(err)
				}
			}
			for _, f := range p.Findings {
				got.Findings = append(got.Findings, f.String())
			}
			if len(c.want.Args) == 0 {
				got.Args = c.want.Args
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDemands reads what submissions.yaml says of submissions.
func TestDemands(t *testing.T) {
	p, err := pack.OpenFS(small.with(problemYAML("2025-09", "")).with(files{
		"submissions/submissions.yaml": "accepted/{sum,no}.py:\n  language: python3\n  authors: Ann\n  message: fine\n" +
			"wrong_answer:\n  permitted: [AC, WA, TLE]\n  use_for_time_limit: false\n" +
			"mine/*-slow.*:\n  sample: {permitted: [AC]}\n  secret/*:\n    permitted: [AC, TLE]\n    required: [TLE]\n",
		"submissions/wrong_answer/a.py": "", "submissions/mine/very-slow.py": "", "submissions/mine/fast.py": "",
		"submissions/accepted/sum2.py": gone,
	}).fs(), "sum")
	if err != nil {
		t.Fatal(err)
	}
	always := pack.Rule{Permitted: []deemster.Verdict{"AC"}, Bound: pack.Lower, Always: true}
	want := []pack.Submission{
		{Path: "submissions/accepted/sum.py", Language: "python3", Expected: []deemster.Verdict{"AC"}, Rules: []pack.Rule{always, {Message: "fine"}}},
		{Path: "submissions/mine/very-slow.py", Expected: []deemster.Verdict{"WA", "TLE", "RE", "MLE", "OLE"}, Rules: []pack.Rule{
			{},
			{Tests: "sample", Permitted: []deemster.Verdict{"AC"}, Bound: pack.Lower},
			{Tests: "secret/*", Permitted: []deemster.Verdict{"AC", "TLE"}, Required: []deemster.Verdict{"TLE"}, Bound: pack.Upper},
		}},
		{Path: "submissions/wrong_answer/a.py", Expected: []deemster.Verdict{"WA", "TLE"}, Rules: []pack.Rule{
			{Permitted: []deemster.Verdict{"AC", "WA", "TLE"}, Required: []deemster.Verdict{"WA"}},
		}},
	}
	for i := range p.Submissions {
		p.Submissions[i].Files = nil
	}
	if diff := cmp.Diff(want, p.Submissions); diff != "" {
		t.Error(diff)
	}
	for test, matches := range map[string]bool{"secret/1": true, "secret/a/1": true, "secret": false, "sample/1": false} {
		if p.Submissions[1].Rules[2].Match(test) != matches {
			t.Errorf("secret/*: match of %s is %v", test, !matches)
		}
	}
}
