package pack

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/checker"
	"github.com/deemster-oj/deemster/internal/signature"
)

// annotations end the names of files beside a test that nothing is done with.
var annotations = []string{".hint", ".desc", ".png", ".jpg", ".jpeg", ".svg", ".download", ".md", ".txt"}

// readTests pairs the inputs and answers in data/sample and data/secret, and reads how
// output is compared and scored.
func (p *Package) readTests(t *tree, s *settings) error {
	all, err := p.readConfigs(t, s)
	if err != nil {
		return err
	}
	for _, side := range []string{"sample", "secret"} {
		for _, name := range t.under("data/" + side) {
			p.readTestFile(t, side+"/"+name)
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
	p.readExamples(t, all, s)
	p.readGroups(all, s)
	p.readArguments(all, s)
	return p.checkValues()
}

// readTestFile looks at one file in data/ and takes an input with its answer as a test.
func (p *Package) readTestFile(t *tree, name string) {
	file := "data/" + name
	if strings.Contains(path.Dir(name), ".files") {
		p.errorf(file, "this judge gives a test's input on standard input only; remove the directory")
		return
	}
	base, extension := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	if extension == ".statement" {
		return // readShown looks for them
	}
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
		test := Test{
			Name: base, Group: path.Dir(base), Sample: strings.HasPrefix(base, "sample/"),
			Input: t.files[file], Answer: answer,
		}
		if test.Sample {
			test.Shown = shown(t, base)
		}
		p.Tests = append(p.Tests, test)
	case extension == ".interaction", extension == ".out", extension == ".yaml": // read elsewhere
	case !slices.Contains(annotations, extension) && path.Base(name) != "README":
		p.warnf(file, "is ignored: tests are NAME.in and NAME.ans")
	}
}

// shown finds what is shown of a sample in the place of its input and answer.
func shown(t *tree, base string) Shown {
	find := func(ends ...string) *File {
		for _, end := range ends {
			if f, ok := t.files["data/"+base+end]; ok {
				return &f
			}
		}
		return nil
	}
	return Shown{Input: find(".in.statement"), Answer: find(".ans.statement", ".out"), Interaction: find(".interaction")}
}

// readExamples reads the inputs that input validators have to refuse, and the outputs that
// the output validator has to refuse or accept.
func (p *Package) readExamples(t *tree, all configs, s *settings) {
	for _, dir := range []string{"invalid_input", "invalid_output", "valid_output"} {
		for _, name := range t.under("data/" + dir) {
			base, isInput := strings.CutSuffix(dir+"/"+name, ".in")
			if !isInput {
				continue
			}
			if len(p.Examples) == MaxExamples {
				p.warnf("data/"+dir, "has more than %d examples, and the rest is not looked at", MaxExamples)
				return
			}
			e := Example{Test: Test{Name: base, Group: path.Dir(base), Input: t.files["data/"+base+".in"]}, Right: dir == "valid_output"}
			c := all.of(base, s.format)
			e.Args, e.InputArgs = c.outputArgs, c.inputArgs
			if dir != "invalid_input" {
				output, hasOutput := t.files["data/"+base+".out"]
				answer, hasAnswer := t.files["data/"+base+".ans"]
				if !hasOutput || !hasAnswer {
					p.errorf("data/"+base+".in", "needs %[1]s.out and %[1]s.ans beside it", path.Base(base))
					continue
				}
				e.Output, e.Answer = &output, answer
			}
			p.Examples = append(p.Examples, e)
		}
	}
}

// readArguments gives tests their arguments: of the package's validator, or flags of the
// default one. The flags of most tests become the package's.
func (p *Package) readArguments(all configs, s *settings) {
	checkers := make(map[string]deemster.Checker)
	count := make(map[string]int)
	most := ""
	key := func(flags []string) string { return strings.Join(flags, " ") }
	flagsOf := func(t Test) ([]string, string) {
		c := all.of(t.Name, s.format)
		switch {
		case s.format == legacy:
			return slices.Concat(s.flags, c.outputArgs), cmp.Or(c.file, settingsFile)
		case c.outputArgs == nil:
			return s.flags, settingsFile
		}
		return c.outputArgs, c.file
	}
	for i, t := range p.Tests {
		p.Tests[i].InputArgs = all.of(t.Name, s.format).inputArgs
		flags, where := flagsOf(t)
		if p.Validator != nil {
			p.Tests[i].Args = flags
			continue
		}
		k := key(flags)
		if count[k]++; count[k] > count[most] {
			most = k
		}
		if _, known := checkers[k]; known {
			continue
		}
		c, err := checker.Parse(strings.Fields(k))
		if err != nil && !s.custom { // else they are those of the validator that is missing
			p.errorf(where, "output validator flags: %v", err)
		}
		if len(flags) == 0 && p.Signature != nil {
			c = signature.Checker(*p.Signature)
		}
		checkers[k] = c
	}
	if p.Validator != nil {
		return
	}
	p.Checker = checkers[most]
	for i, t := range p.Tests {
		flags, _ := flagsOf(t)
		if k := key(flags); k != most {
			c := checkers[k]
			p.Tests[i].Checker = &c
		}
	}
}

// ReadSample reads a sample as people see it. Samples that are too long to show, or are
// not text, are not ok.
func (t Test) ReadSample(limit deemster.Bytes) (s deemster.Sample, ok bool, err error) {
	s.Name = t.Name
	parts := []struct {
		file File
		to   *string
	}{{t.Input, &s.Input}, {t.Answer, &s.Answer}}
	if t.Shown.Input != nil {
		parts[0].file = *t.Shown.Input
	}
	if t.Shown.Answer != nil {
		parts[1].file = *t.Shown.Answer
	}
	if t.Shown.Interaction != nil { // then the files are not for people
		parts = parts[:1]
		parts[0].file, parts[0].to = *t.Shown.Interaction, &s.Interaction
	}
	for _, part := range parts {
		if part.file.Size > limit {
			return s, false, nil
		}
		content, err := part.file.Read(limit)
		if err != nil {
			return s, false, fmt.Errorf("pack: sample %s: %w", t.Name, err)
		}
		if !utf8.Valid(content) {
			return s, false, nil
		}
		*part.to = string(content)
	}
	return s, true, nil
}
