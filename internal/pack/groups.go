package pack

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/deemster-oj/deemster"
)

// config is what a configuration file says of a directory of tests, or of one test.
type config struct {
	file string // where it is said; empty when nothing is
	// outputArgs are the output validator's arguments, inputArgs those of input validators
	// by their names, "" for all; nil when nothing is said.
	outputArgs []string
	inputArgs  map[string][]string

	maxScore  *float64
	unbounded bool
	aggregate deemster.Aggregation
	require   []string

	// What the legacy format says.
	goOn       bool // on_reject: continue
	testScore  *float64
	most       *float64 // of range
	graderArgs []string
}

// configs are those of data/, of the directories in it and of tests, by path below data/.
type configs map[string]*config

// readConfigs reads every configuration file in data/.
func (p *Package) readConfigs(t *tree, s *settings) (configs, error) {
	all := configs{}
	for _, name := range t.under("data") {
		if path.Ext(name) != ".yaml" {
			continue
		}
		place := strings.TrimSuffix(name, ".yaml")
		if base := path.Base(name); base == "test_group.yaml" || base == "testdata.yaml" {
			place = path.Dir(name)
		} else if _, isTest := t.files["data/"+place+".in"]; !isTest {
			p.warnf("data/"+name, "is ignored: a configuration is test_group.yaml or is called like its test")
			continue
		}
		if all[place] != nil {
			p.errorf("data/"+name, "says again what %s says", all[place].file)
			continue
		}
		c := &config{file: "data/" + name}
		root, ok, err := p.readYAMLWith(t.files["data/"+name], s)
		if err != nil {
			return nil, err
		}
		if ok {
			root.config(c, s)
		}
		all[place] = c
	}
	return all, nil
}

// config reads a configuration file.
func (v setting) config(c *config, s *settings) {
	ignore := func(setting) {}
	scored := func(take func(setting)) func(setting) {
		return func(v setting) {
			if !s.scored {
				v.warnf("is not used: only scored problems have points")
				return
			}
			take(v)
		}
	}
	refuse := func(v setting) { v.errorf("a static validator is not supported") }
	outputs := func(v setting) { c.outputArgs = v.validatorFlags() }
	inputs := func(v setting) { c.inputArgs = v.inputArgs() }
	mapping := scored(func(v setting) {
		v.each(map[string]func(setting){
			"score":        func(v setting) { c.maxScore, c.unbounded = v.maxScore() },
			"aggregation":  func(v setting) { c.aggregate = v.aggregation() },
			"require_pass": func(v setting) { c.require = v.texts() },
		})
	})
	v.each(map[string]func(setting){
		"output_validator_args": outputs, "output_validator_flags": outputs,
		"input_validator_args": inputs, "input_validator_flags": inputs,
		"args": func(v setting) {
			if len(v.flags()) > 0 {
				v.errorf("this judge gives a test's input on standard input only")
			}
		},
		"max_score":               scored(func(v setting) { c.maxScore, c.unbounded = v.maxScore() }),
		"score_aggregation":       scored(func(v setting) { c.aggregate = v.aggregation() }),
		"require_pass":            scored(func(v setting) { c.require = v.texts() }),
		"scoring":                 mapping, // of drafts
		"static_validation_score": refuse, "static_validation": refuse, "static_validator_args": refuse,
		"input_visualizer_args": ignore, "output_visualizer_args": ignore,
		"full_feedback": ignore, "hint": ignore, "description": ignore,

		"on_reject": func(v setting) {
			if c.goOn = v.text() == "continue"; !c.goOn && v.text() != "break" {
				v.errorf("must be break or continue")
			}
		},
		"grading": func(v setting) {
			if s.scored && v.text() != "default" {
				v.errorf("graders of a package's own are not supported")
			}
		},
		"grader_flags": func(v setting) { c.graderArgs = v.flags() },
		"accept_score": scored(func(v setting) { c.testScore = number(v.score()) }),
		"reject_score": scored(func(v setting) {
			if v.score() != 0 {
				v.errorf("this judge gives nothing for a test that is not accepted")
			}
		}),
		"range": scored(func(v setting) { c.most = v.scoreRange() }),
	})
}

func number(x float64) *float64 { return &x }

const mostPoints = 1e9

// score is a number of points, which may be written as a text.
func (v setting) score() float64 {
	x, err := strconv.ParseFloat(v.text(), 64)
	if err != nil || !(x >= 0 && x <= mostPoints) {
		v.errorf("must be a number of points from 0 to %v", mostPoints)
		return 0
	}
	return x
}

// maxScore is the most that a group is worth, or "unbounded".
func (v setting) maxScore() (most *float64, unbounded bool) {
	if v.node.Value == "unbounded" {
		return nil, true
	}
	return number(v.number(0, mostPoints)), false
}

// scoreRange reads the two ends of a legacy group's points and gives the upper one.
func (v setting) scoreRange() *float64 {
	words := strings.Fields(v.text())
	if len(words) != 2 {
		v.errorf("must be two numbers, like 0 100")
		return nil
	}
	for i, word := range words {
		x, err := strconv.ParseFloat(word, 64)
		switch {
		case err != nil || math.IsNaN(x) || math.Abs(x) > mostPoints && !math.IsInf(x, 0):
			v.errorf("%.20q is no number of points", word)
		case i == 1 && x < 0:
			v.errorf("this judge has no points below 0")
		case i == 1 && !math.IsInf(x, 0):
			return &x
		}
	}
	return nil
}

func (v setting) aggregation() deemster.Aggregation {
	a := deemster.Aggregation(v.text())
	if !slices.Contains([]deemster.Aggregation{deemster.AggregatePassFail, deemster.AggregateSum, deemster.AggregateMin}, a) {
		v.errorf("must be pass-fail, sum or min")
		return ""
	}
	return a
}

// inputArgs reads arguments for all input validators, or for each by its name.
func (v setting) inputArgs() map[string][]string {
	if !v.isMapping() {
		return map[string][]string{"": v.flags()}
	}
	if name := v.value("name"); name != "" { // legacy
		return map[string][]string{name: strings.Fields(v.value("flags"))}
	}
	args := make(map[string][]string)
	handlers := make(map[string]func(setting))
	for i := 0; i < len(v.node.Content); i += 2 {
		name := v.node.Content[i].Value
		handlers[name] = func(v setting) { args[name] = v.flags() }
	}
	v.each(handlers)
	return args
}

// validatorFlags reads the output validator's arguments. A legacy package may name the
// validator beside them, of which there is one.
func (v setting) validatorFlags() []string {
	if !v.isMapping() {
		return v.flags()
	}
	flags := []string{}
	v.each(map[string]func(setting){
		"name":  func(setting) {},
		"flags": func(v setting) { flags = v.flags() },
	})
	return flags
}

// of is what holds for a test or directory by what is said of it and above it: in legacy
// packages the nearest file, and no other; in later ones the nearest that says anything of
// the matter. The latest version's text has groups take nothing from those above, but the
// tools that people check their packages with do as they did for its drafts.
func (all configs) of(place string, f format) config {
	var c config
	for dir := place; ; dir = path.Dir(dir) {
		said := all[dir]
		if said != nil && f == legacy {
			return *said
		}
		if said != nil {
			c.file = cmp.Or(c.file, said.file)
			if c.outputArgs == nil {
				c.outputArgs = said.outputArgs
			}
			if c.inputArgs == nil {
				c.inputArgs = said.inputArgs
			}
		}
		if dir == "." {
			return c
		}
	}
}

// groupOf is the group that a directory's tests belong to by the version's rules: in the
// latest, groups are secret and the directories in it.
func groupOf(dir string, f format) string {
	parts := strings.Split(dir, "/")
	if f == released && len(parts) > 2 {
		return strings.Join(parts[:2], "/")
	}
	return dir
}

// readGroups makes the groups of a scored problem.
func (p *Package) readGroups(all configs, s *settings) {
	if !s.scored {
		return
	}
	dirs := map[string]bool{"secret": true}
	for _, t := range p.Tests {
		for dir := groupOf(t.Group, s.format); dir != "."; dir = path.Dir(dir) {
			dirs[dir] = true
		}
	}
	var names []string
	for dir := range dirs {
		if s.format == legacy || !strings.HasPrefix(dir, "sample") {
			names = append(names, dir)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/")) })
	if s.format == legacy {
		p.legacyGroups(names, all, s)
		return
	}
	for _, name := range names {
		c := all[name]
		if c == nil {
			c = &config{}
		}
		g := deemster.Group{Name: name, MaxScore: c.maxScore, Aggregate: c.aggregate, Require: c.require}
		if g.Aggregate == "" {
			g.Aggregate = deemster.AggregatePassFail
			if name == "secret" {
				g.Aggregate = deemster.AggregateSum
			}
		}
		if name == "secret" && g.MaxScore == nil && !c.unbounded {
			g.MaxScore = number(100)
		}
		p.Groups = append(p.Groups, g)
	}
	if s.format == draft {
		p.shareOut(all)
	}
	p.checkGroups(s)
}

// shareOut gives groups of the drafts that do not say what they are worth their part of
// the group above: what is left of it, evenly.
func (p *Package) shareOut(all configs) {
	for i := range p.Groups { // those above come first
		above := &p.Groups[i]
		if above.MaxScore == nil || above.Aggregate == deemster.AggregatePassFail {
			continue
		}
		left, parts := *above.MaxScore, 0
		var open []*deemster.Group
		for j := range p.Groups {
			g := &p.Groups[j]
			if path.Dir(g.Name) != above.Name {
				continue
			}
			if g.MaxScore != nil {
				left -= *g.MaxScore
			} else if c := all[g.Name]; c == nil || !c.unbounded {
				open = append(open, g)
				parts++
			}
		}
		for _, t := range p.Tests {
			if t.Group == above.Name {
				parts++
			}
		}
		for _, g := range open {
			if above.Aggregate == deemster.AggregateMin {
				g.MaxScore = number(*above.MaxScore)
			} else {
				g.MaxScore = number(max(0, left) / float64(parts))
			}
		}
	}
}

// checkGroups looks whether the points of groups can be meant.
func (p *Package) checkGroups(s *settings) {
	byName := make(map[string]*deemster.Group)
	for i := range p.Groups {
		byName[p.Groups[i].Name] = &p.Groups[i]
	}
	sums := make(map[string]float64)
	tests := make(map[string]bool)
	for _, t := range p.Tests {
		tests[groupOf(t.Group, s.format)] = true
	}
	for _, g := range p.Groups {
		where := "data/" + g.Name + "/test_group.yaml"
		above := byName[path.Dir(g.Name)]
		switch {
		case g.MaxScore == nil && above != nil && above.MaxScore != nil:
			p.errorf(where, "needs max_score, because %s has %v points in all", above.Name, *above.MaxScore)
		case g.MaxScore == nil && g.Aggregate == deemster.AggregatePassFail:
			p.errorf(where, "needs max_score: it is worth all or nothing")
		case above != nil && above.Aggregate == deemster.AggregatePassFail && g.Aggregate != deemster.AggregatePassFail:
			p.errorf(where, "must be pass-fail, because %s is", above.Name)
		case above != nil && tests[above.Name] && s.format == released && sums[above.Name] == 0:
			p.errorf("data/"+above.Name, "has tests and groups; a scored problem has either there")
		}
		if above != nil && g.MaxScore != nil {
			sums[above.Name] += *g.MaxScore
		}
		p.checkRequired(g, byName, where)
	}
	for _, g := range p.Groups {
		if g.MaxScore == nil {
			continue
		}
		for _, child := range p.Groups {
			if path.Dir(child.Name) == g.Name && g.Aggregate == deemster.AggregateMin && child.MaxScore != nil && *child.MaxScore > *g.MaxScore {
				p.errorf("data/"+child.Name, "is worth more than %s", g.Name)
			}
		}
		if sum := sums[g.Name]; g.Aggregate == deemster.AggregateSum && sum > *g.MaxScore {
			p.errorf("data/"+g.Name, "is worth %v, and the groups in it %v together", *g.MaxScore, sum)
		} else if g.Aggregate == deemster.AggregateSum && sum > 0 && sum < *g.MaxScore && !tests[g.Name] {
			p.warnf("data/"+g.Name, "is worth %v, of which its groups give %v: nobody can have all of it", *g.MaxScore, sum)
		}
	}
}

// checkRequired looks whether a group requires what it may.
func (p *Package) checkRequired(g deemster.Group, byName map[string]*deemster.Group, where string) {
	for _, name := range g.Require {
		required := byName[name]
		switch {
		case name == "sample":
		case required == nil:
			p.errorf(where, "require_pass: there is no group %.60q", name)
		case required.Aggregate != deemster.AggregatePassFail:
			p.errorf(where, "require_pass: %s must be pass-fail", name)
		case name >= g.Name || strings.HasPrefix(g.Name, name+"/"):
			p.errorf(where, "require_pass: %s does not come before it", name)
		}
	}
}
