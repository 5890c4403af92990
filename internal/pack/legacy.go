package pack

import (
	"path"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

// legacyGroups makes the groups of a scored package of the legacy format, in which the
// flags of a grader say how points come together.
func (p *Package) legacyGroups(names []string, all configs, s *settings) {
	root := p.legacyGroup(".", all)
	if slices.Contains(all.of(".", legacy).graderArgs, "ignore_sample") {
		names = slices.DeleteFunc(names, func(name string) bool { return name == "sample" || strings.HasPrefix(name, "sample/") })
	} else {
		p.Groups = append(p.Groups, root)
	}
	for _, name := range names {
		p.Groups = append(p.Groups, p.legacyGroup(name, all))
	}
	if top := &p.Groups[0]; top.Name == "secret" && top.MaxScore == nil {
		top.MaxScore = root.MaxScore
	}
	if s.validatorScores {
		return // only what ranges say is known
	}
	// From the innermost outwards, what is not said follows from what is in a group.
	for i := len(p.Groups) - 1; i >= 0; i-- {
		if g := &p.Groups[i]; g.MaxScore == nil {
			g.MaxScore = p.legacyMost(*g)
		}
	}
}

// legacyGroup is a directory of tests as its testdata.yaml has it, or the nearest above.
func (p *Package) legacyGroup(name string, all configs) deemster.Group {
	c := all.of(name, legacy)
	g := deemster.Group{
		Name: name, MaxScore: c.most, TestScore: c.testScore,
		Aggregate: deemster.AggregateSum, Accept: deemster.AcceptAll, Break: !c.goOn,
	}
	if g.TestScore == nil {
		g.TestScore = number(1)
	}
	anyAccepted := false
	for _, flag := range c.graderArgs {
		switch flag {
		case "sum", "min", "max", "avg":
			g.Aggregate = deemster.Aggregation(flag)
		case "worst_error", "first_error":
			g.Accept = deemster.AcceptAll
		case "always_accept":
			g.Accept = deemster.AcceptAlways
		case "accept_if_any_accepted":
			anyAccepted = true
		case "ignore_sample":
		default:
			p.errorf(c.file+": grader_flags", "%.40q is not a flag of the default grader", flag)
		}
	}
	if anyAccepted && g.Accept != deemster.AcceptAlways {
		g.Accept = deemster.AcceptAny
	}
	return g
}

// legacyMost is the most that a group can have, by what is in it; nil when that has no
// bound.
func (p *Package) legacyMost(g deemster.Group) *float64 {
	var parts []float64
	for _, t := range p.Tests {
		if t.Group == g.Name {
			parts = append(parts, *g.TestScore)
		}
	}
	for _, child := range p.Groups {
		if child.Name != "." && path.Dir(child.Name) == g.Name {
			if child.MaxScore == nil {
				return nil
			}
			parts = append(parts, *child.MaxScore)
		}
	}
	if len(parts) == 0 {
		return number(0)
	}
	sum := 0.0
	for _, part := range parts {
		sum += part
	}
	switch g.Aggregate {
	case deemster.AggregateMin:
		return number(slices.Min(parts))
	case deemster.AggregateMax:
		return number(slices.Max(parts))
	case deemster.AggregateAverage:
		return number(sum / float64(len(parts)))
	}
	return &sum
}
