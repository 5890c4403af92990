package pack

import (
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

const demandsFile = "submissions/submissions.yaml"

// demand is what submissions.yaml says of the submissions that a pattern matches.
type demand struct {
	pattern  string
	where    string
	language string
	rules    []Rule // the first of all tests
}

// outcomes are the format's words for verdicts, and ours.
var outcomes = map[string][]deemster.Verdict{
	"AC":  {deemster.Accepted},
	"WA":  {deemster.WrongAnswer},
	"TLE": {deemster.TimeLimitExceeded},
	"RTE": {deemster.RunTimeError, deemster.MemoryLimitExceeded, deemster.OutputLimitExceeded},
	"RE":  {deemster.RunTimeError},
	"MLE": {deemster.MemoryLimitExceeded},
	"OLE": {deemster.OutputLimitExceeded},
}

func words(of ...string) []deemster.Verdict {
	var verdicts []deemster.Verdict
	for _, word := range of {
		verdicts = append(verdicts, outcomes[word]...)
	}
	return verdicts
}

// defaultRules are those of the directories that the format knows.
var defaultRules = map[string]Rule{
	"accepted":            {Permitted: words("AC"), Bound: Lower},
	"rejected":            {Required: words("RTE", "TLE", "WA")},
	"wrong_answer":        {Permitted: words("AC", "WA"), Required: words("WA"), Bound: Lower},
	"time_limit_exceeded": {Permitted: words("AC", "TLE"), Required: words("TLE"), Bound: Upper},
	"run_time_error":      {Permitted: words("AC", "RTE"), Required: words("RTE"), Bound: Lower},
	"brute_force":         {Permitted: words("AC", "RTE", "TLE"), Required: words("RTE", "TLE")},
}

// legacyRules are the rules of directories in legacy packages, which demand less.
var legacyRules = map[string]Rule{
	"accepted":            {Permitted: words("AC"), Bound: Lower},
	"time_limit_exceeded": {Required: words("TLE"), Bound: Upper},
}

// expect works out what a submission should get: what submissions.yaml demands, or a label
// in its source, or else its directory.
func (p *Package) expect(one *Submission, dir string, demands []demand, s *settings) {
	if expected, found := p.labelled(*one); found {
		one.Expected = expected
		if slices.Equal(expected, expectations["accepted"]) {
			one.Rules = []Rule{always(defaultRules["accepted"])}
		}
		return
	}
	defaults := defaultRules
	if s.format == legacy {
		defaults = legacyRules
	}
	if rule, ok := defaults[dir]; ok && !slices.ContainsFunc(demands, func(d demand) bool { return d.pattern == dir }) {
		one.Rules = append(one.Rules, always(rule))
	}
	name := strings.TrimPrefix(one.Path, "submissions/")
	said := false
	for _, d := range demands {
		if !matches(d.pattern, name) {
			continue
		}
		rules := slices.Clone(d.rules)
		if inherited, ok := defaults[dir]; ok && d.pattern == dir {
			rules[0] = rules[0].or(inherited)
		}
		one.Rules = append(one.Rules, rules...)
		if d.language != "" {
			one.Language = d.language
		}
		said = said || slices.ContainsFunc(d.rules, func(r Rule) bool { return r.Permitted != nil || r.Required != nil || r.Score != nil })
	}
	expected, known := expectations[dir]
	switch {
	case said:
		one.Expected = overall(one.Rules)
		if len(one.Expected) == 0 {
			p.errorf(demandsFile, "no verdict is left for %s: its rules contradict each other", one.Path)
		}
	case !known:
		p.warnf(one.Path, "is not judged: the directory %q stands for no verdict", dir)
	default:
		one.Expected = expected
	}
	if dir == "partially_accepted" {
		part := [2]float64{0, mostPoints}
		if len(p.Groups) > 0 && p.Groups[0].MaxScore != nil {
			part[1] = *p.Groups[0].MaxScore - 1e-6
		}
		one.Rules = append(one.Rules, Rule{Score: &part})
	}
}

func always(r Rule) Rule {
	r.Always = true
	return r
}

// or is r, with what it does not say from the rule that it replaces.
func (r Rule) or(inherited Rule) Rule {
	if r.Permitted == nil {
		r.Permitted = inherited.Permitted
	}
	if r.Required == nil {
		r.Required = inherited.Required
	}
	if r.Bound == "" {
		r.Bound = r.bound()
	}
	return r
}

// bound is how a rule bounds the time limit when it does not say.
func (r Rule) bound() Bound {
	switch {
	case slices.Equal(r.Required, words("TLE")):
		return Upper
	case r.Permitted != nil && !slices.Contains(r.Permitted, deemster.TimeLimitExceeded):
		return Lower
	}
	return ""
}

// overall are the verdicts that a submission can have as a whole when its tests obey rules:
// that of the first test that is not accepted.
func overall(rules []Rule) []deemster.Verdict {
	left := slices.Clone(anyVerdict)
	for _, r := range rules {
		if r.Tests == "" && r.Permitted != nil {
			left = slices.DeleteFunc(left, func(v deemster.Verdict) bool { return !slices.Contains(r.Permitted, v) })
		}
		if r.Required != nil && !slices.Contains(r.Required, deemster.Accepted) {
			left = slices.DeleteFunc(left, func(v deemster.Verdict) bool { return v == deemster.Accepted })
		}
	}
	return left
}

// Match reports whether a rule is about a test: the pattern is its name's or that of a
// directory it is in.
func (r Rule) Match(test string) bool { return r.Tests == "" || matches(r.Tests, test) }

// readDemands reads submissions.yaml.
func (p *Package) readDemands(t *tree) ([]demand, error) {
	f, ok := t.files[demandsFile]
	if !ok {
		return nil, nil
	}
	root, ok, err := p.readYAML(f)
	if !ok {
		return nil, err
	}
	p.demands = &f
	var demands []demand
	handlers := make(map[string]func(setting))
	for i := 0; i < len(root.node.Content); i += 2 {
		pattern := root.node.Content[i].Value
		handlers[pattern] = func(v setting) {
			if !goodPattern(v, pattern) {
				return
			}
			d := demand{pattern: strings.TrimSuffix(pattern, "/"), where: v.where, rules: []Rule{{}}}
			v.demand(&d)
			demands = append(demands, d)
		}
	}
	root.each(handlers)
	return demands, nil
}

func goodPattern(v setting, pattern string) bool {
	if _, ok := alternatives(pattern); !ok || len(pattern) > maxText {
		v.errorf("is no pattern: it may have * and braces, and not too many of them")
		return false
	}
	return true
}

// demand reads what is said of a pattern's submissions. Keys that are not known are
// patterns of tests.
func (v setting) demand(d *demand) {
	if !v.isMapping() {
		v.wrong("a mapping of keys to values")
		return
	}
	ignore := func(setting) {}
	handlers := map[string]func(setting){
		"language":       func(v setting) { d.language = v.text() },
		"entrypoint":     func(v setting) { v.warnf("is not used: the entry point is found as for any submission") },
		"authors":        ignore,
		"model_solution": ignore,
	}
	v.rule(&d.rules[0], handlers)
	for i := 0; i < len(v.node.Content); i += 2 {
		pattern := v.node.Content[i].Value
		if handlers[pattern] != nil {
			continue
		}
		handlers[pattern] = func(v setting) {
			if !goodPattern(v, pattern) {
				return
			}
			r := Rule{Tests: strings.TrimSuffix(pattern, "/")}
			keys := make(map[string]func(setting))
			v.rule(&r, keys)
			v.each(keys)
			r.settle()
			d.rules = append(d.rules, r)
		}
	}
	v.each(handlers)
	d.rules[0].settle()
}

// notUsed marks that a rule's time is not to count; settle takes it away.
const notUsed Bound = "no"

func (r *Rule) settle() {
	switch r.Bound {
	case "":
		r.Bound = r.bound()
	case notUsed:
		r.Bound = ""
	case Lower:
		if r.Permitted == nil {
			r.Permitted = words("AC", "WA", "RTE")
		}
	case Upper:
		if r.Required == nil {
			r.Required = words("TLE")
		}
	}
}

// rule adds the keys that a rule has to handlers.
func (v setting) rule(r *Rule, handlers map[string]func(setting)) {
	verdicts := func(to *[]deemster.Verdict) func(setting) {
		return func(v setting) {
			for _, item := range v.items() {
				verdict, known := outcomes[item.text()]
				if !known {
					item.errorf("%.20q is no verdict: there are AC, WA, TLE and RTE", item.text())
				}
				*to = append(*to, verdict...)
			}
		}
	}
	handlers["permitted"] = verdicts(&r.Permitted)
	handlers["required"] = verdicts(&r.Required)
	handlers["message"] = func(v setting) { r.Message = v.text() }
	handlers["score"] = func(v setting) {
		ends := v.items()
		if len(ends) > 2 {
			v.errorf("must be a number or two")
			return
		}
		r.Score = &[2]float64{ends[0].number(0, mostPoints), ends[len(ends)-1].number(0, mostPoints)}
	}
	handlers["use_for_time_limit"] = func(v setting) {
		switch v.node.Value {
		case string(Lower), string(Upper):
			r.Bound = Bound(v.node.Value)
		default:
			if !v.truth() {
				r.Bound = notUsed
			}
		}
	}
}

// matches reports whether a pattern is that of a name or of a directory it is in. A star
// stands for any part of a name between slashes, braces for one of several words.
func matches(pattern, name string) bool {
	all, _ := alternatives(pattern)
	for _, one := range all {
		want, have := strings.Split(one, "/"), strings.Split(name, "/")
		if len(want) <= len(have) && matchParts(want, have) {
			return true
		}
	}
	return false
}

func matchParts(want, have []string) bool {
	for i := range want {
		if !matchPart(want[i], have[i]) {
			return false
		}
	}
	return true
}

// matchPart matches a name without slashes.
func matchPart(pattern, name string) bool {
	pieces := strings.Split(pattern, "*")
	if len(pieces) == 1 {
		return pattern == name
	}
	rest, ok := strings.CutPrefix(name, pieces[0])
	if !ok {
		return false
	}
	for _, piece := range pieces[1 : len(pieces)-1] {
		at := strings.Index(rest, piece)
		if at < 0 {
			return false
		}
		rest = rest[at+len(piece):]
	}
	return strings.HasSuffix(rest, pieces[len(pieces)-1])
}

// maxAlternatives bounds what the braces of a pattern stand for.
const maxAlternatives = 100

// alternatives are what a pattern stands for without its braces, which do not lie in one
// another. Too many are not ok.
func alternatives(pattern string) (all []string, ok bool) {
	all = []string{""}
	for pattern != "" {
		before, rest, braced := strings.Cut(pattern, "{")
		words := []string{""}
		if braced {
			inside, after, closed := strings.Cut(rest, "}")
			if !closed {
				return nil, false
			}
			words, rest = strings.Split(inside, ","), after
		}
		if len(all)*len(words) > maxAlternatives {
			return nil, false
		}
		var longer []string
		for _, start := range all {
			for _, word := range words {
				longer = append(longer, start+before+word)
			}
		}
		all, pattern = longer, rest
	}
	return all, true
}
