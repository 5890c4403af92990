package pack

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
)

// Files beside a test that say things about it which this version does not need.
var annotations = []string{
	".hint", ".desc", ".yaml", ".png", ".jpg", ".jpeg", ".svg", ".out", ".interaction", ".statement", ".download", ".md", ".txt",
}

// readTests pairs the inputs and answers in data/sample and data/secret, and reads how
// output is compared.
func (p *Package) readTests(t *tree, s *settings) error {
	groups := make(map[string]bool) // directories with tests, and those above them
	for _, side := range []string{"sample", "secret"} {
		for _, name := range t.under("data/" + side) {
			p.readTestFile(t, side+"/"+name, groups)
		}
	}
	slices.SortFunc(p.Tests, func(a, b Test) int {
		return slices.Compare(strings.Split(a.Name, "/"), strings.Split(b.Name, "/"))
	})
	switch {
	case len(p.Tests) == 0:
		p.errorf("data", "there are no tests: put NAME.in and NAME.ans into data/sample and data/secret")
	case len(p.Tests) > deemster.MaxTests:
		p.errorf("data", "there are %d tests; at most %d are allowed", len(p.Tests), deemster.MaxTests)
	case p.Tests[len(p.Tests)-1].Sample:
		p.warnf("data/secret", "has no tests: the samples alone judge, and everybody can read them")
	}
	return p.readChecker(t, s, groups)
}

// readTestFile looks at one file in data/ and takes an input with its answer as a test.
func (p *Package) readTestFile(t *tree, name string, groups map[string]bool) {
	file := "data/" + name
	if strings.Contains(path.Dir(name), ".files") {
		p.errorf(file, "this version gives a test's input on standard input only; remove the directory")
		return
	}
	base, extension := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	switch {
	case extension == ".ans":
		if _, ok := t.files["data/"+base+".in"]; !ok {
			p.errorf(file, "has no %s.in beside it", path.Base(base))
		}
	case extension == ".in":
		answer, ok := t.files["data/"+base+".ans"]
		if !ok {
			p.errorf(file, "has no %s.ans beside it", path.Base(base))
			return
		}
		if len(base) > MaxTestName {
			p.errorf(file, "the test's name has more than %d bytes", MaxTestName)
			return
		}
		group := path.Dir(base)
		p.Tests = append(p.Tests, Test{
			Name: base, Group: group, Sample: strings.HasPrefix(base, "sample/"),
			Input: t.files[file], Answer: answer,
		})
		for dir := group; dir != "."; dir = path.Dir(dir) {
			groups[dir] = true
		}
	case !slices.Contains(annotations, extension) && path.Base(name) != "README":
		p.warnf(file, "is ignored: tests are NAME.in and NAME.ans")
	}
}

// readChecker works out the flags of the default output validator: those of the problem,
// and those that configuration files in data/ give to groups and tests. They must be the
// same for all tests.
func (p *Package) readChecker(t *tree, s *settings, groups map[string]bool) error {
	flags, where := s.flags, settingsFile
	given := len(flags) > 0
	groups["."] = true
	for _, name := range t.under("data") {
		if path.Ext(name) != ".yaml" || !groups[path.Dir(name)] {
			continue
		}
		f := t.files["data/"+name]
		found, ok, err := p.readTestSettings(f)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if given && !slices.Equal(flags, found) {
			p.errorf(f.Path, "compares output by %q and %s by %q; this version compares all tests of a problem alike", found, where, flags)
			return nil
		}
		flags, where, given = found, f.Path, true
	}
	if s.custom {
		return nil
	}
	checker, problem := checkerOf(flags)
	if problem != "" {
		p.errorf(where, "output validator flags: %s", problem)
	}
	p.Checker = checker
	return nil
}

// readTestSettings reads the configuration of a directory of tests or of one test, and
// tells the output validator's flags if it has any.
func (p *Package) readTestSettings(f File) (flags []string, given bool, err error) {
	root, ok, err := p.readYAML(f)
	if !ok {
		return nil, false, err
	}
	ignore := func(setting) {}
	take := func(v setting) { flags, given = v.flags(), true }
	unused := func(v setting) { v.warnf("is not used: this version has pass-fail problems only") }
	root.each(map[string]func(setting){
		"output_validator_flags": take, "output_validator_args": take,
		"args": func(v setting) {
			if len(v.flags()) > 0 {
				v.errorf("this version gives a test's input on standard input only")
			}
		},
		"input_validator_flags": ignore, "input_validator_args": ignore, "static_validator_args": ignore,
		"input_visualizer_args": ignore, "output_visualizer_args": ignore,
		"full_feedback": ignore, "hint": ignore, "description": ignore,
		"on_reject": ignore, "grading": ignore, "grader_flags": ignore,
		"accept_score": unused, "reject_score": unused, "range": unused, "max_score": unused,
		"score_aggregation": unused, "static_validation_score": unused, "require_pass": unused,
	})
	return flags, given, nil
}

// ReadSample reads a sample as people see it. Samples that are too long to show, or are
// not text, are not ok.
func (t Test) ReadSample(limit deemster.Bytes) (s deemster.Sample, ok bool, err error) {
	if t.Input.Size > limit || t.Answer.Size > limit {
		return s, false, nil
	}
	input, err := t.Input.Read(limit)
	if err != nil {
		return s, false, fmt.Errorf("pack: sample %s: %w", t.Name, err)
	}
	answer, err := t.Answer.Read(limit)
	if err != nil {
		return s, false, fmt.Errorf("pack: sample %s: %w", t.Name, err)
	}
	s = deemster.Sample{Name: t.Name, Input: string(input), Answer: string(answer)}
	return s, utf8.Valid(input) && utf8.Valid(answer), nil
}
