package scoring

import (
	"path"
	"slices"
	"strings"

	"github.com/deemster-oj/deemster"
)

// group is a group with what is in it. Tests outside of every group, such as samples, are
// in one that has no points and is not below the top.
type group struct {
	deemster.Group
	parent *group
	items  []item // in the order of judging
	tests  int    // right in it
}

// item is a test or a group in a group.
type item struct {
	test  int    // when group is nil
	group *group // or nil
}

// plant makes the tree of groups and puts the tests into it.
func (s *Sheet) plant(groups []deemster.Group) {
	s.groups = make(map[string]*group)
	for _, g := range groups {
		s.groups[g.Name] = &group{Group: g}
	}
	for _, g := range groups { // in their order, which says what is the top
		n := s.groups[g.Name]
		if n.Name != "." {
			n.parent = s.above(path.Dir(n.Name))
		}
		if n.parent == nil && (s.top == nil || strings.HasPrefix(s.top.Name, "sample")) {
			s.top = n
		}
	}
	outside := make(map[string]*group)
	seen := make(map[*group]bool)
	for i, t := range s.tests {
		g := s.above(t.Group)
		if g == nil {
			side := ""
			if len(groups) > 0 {
				side, _, _ = strings.Cut(t.Group, "/")
			}
			if outside[side] == nil {
				outside[side] = &group{Group: deemster.Group{Name: side, Aggregate: deemster.AggregatePassFail}}
			}
			g = outside[side]
		}
		s.of = append(s.of, g)
		g.tests++
		g.items = append(g.items, item{test: i})
		for child := g; child.parent != nil && !seen[child]; child = child.parent {
			seen[child] = true
			child.parent.items = append(child.parent.items, item{group: child})
		}
	}
}

// above finds the group of a directory: its own, or the nearest above it.
func (s *Sheet) above(dir string) *group {
	for {
		if g := s.groups[dir]; g != nil {
			return g
		}
		if dir == "." || dir == "/" || dir == "" {
			return nil
		}
		dir = path.Dir(dir)
	}
}

// inTop reports whether g's points are part of the submission's.
func (g *group) inTop(top *group) bool {
	for ; g != nil; g = g.parent {
		if g == top {
			return true
		}
	}
	return false
}

// worth is the most that a test in the group can be given.
func (g *group) worth() (most float64, bounded bool) {
	switch {
	case g.Aggregate == deemster.AggregatePassFail:
		return 0, true
	case g.TestScore != nil:
		return *g.TestScore, true
	case g.MaxScore == nil:
		return 0, false
	case g.Aggregate != deemster.AggregateSum:
		return *g.MaxScore, true
	}
	left := *g.MaxScore
	for _, it := range g.items {
		if it.group != nil && it.group.MaxScore != nil {
			left -= *it.group.MaxScore
		}
	}
	return max(0, left) / float64(g.tests), true
}

func (g *group) acceptance() deemster.Acceptance {
	switch {
	case g.Accept != "":
		return g.Accept
	case g.Aggregate == deemster.AggregateSum:
		return deemster.AcceptAny
	}
	return deemster.AcceptAll
}

// ended reports whether the results of the tests before the given one settle the group's
// points, so that nothing more in it has to be run.
func (s *Sheet) ended(g *group, before int) bool {
	if s.barred(g, before) {
		return true
	}
	if !g.Break && g.acceptance() != deemster.AcceptAll {
		return false
	}
	return slices.ContainsFunc(g.items, func(it item) bool { return s.rejected(it, before) })
}

// rejected reports whether the results before the given test say that an item is not
// accepted, whatever may follow.
func (s *Sheet) rejected(it item, before int) bool {
	if it.group == nil {
		return it.test < before && s.results[it.test] != nil && !s.passed(it.test)
	}
	g := it.group
	if s.barred(g, before) {
		return true
	}
	switch g.acceptance() {
	case deemster.AcceptAlways:
		return false
	case deemster.AcceptAll:
		return slices.ContainsFunc(g.items, func(it item) bool { return s.rejected(it, before) })
	}
	for _, it := range g.items {
		if !s.rejected(it, before) {
			return false
		}
		if g.Break {
			return true
		}
	}
	return true
}

// accepted reports whether an item is accepted by the results that are there.
func (s *Sheet) accepted(it item) bool {
	if it.group == nil {
		return s.passed(it.test)
	}
	g := it.group
	if s.barred(g, len(s.tests)) {
		return false
	}
	switch g.acceptance() {
	case deemster.AcceptAlways:
		return true
	case deemster.AcceptAll:
		return !slices.ContainsFunc(g.items, func(it item) bool { return !s.accepted(it) })
	}
	for _, it := range g.items {
		if s.accepted(it) {
			return true
		}
		if g.Break {
			return false
		}
	}
	return false
}

func (s *Sheet) passed(test int) bool {
	r := s.results[test]
	return r != nil && r.Verdict == deemster.Accepted
}

// barred reports whether a group that g requires has failed, by the results before the
// given test. It fails itself when what it requires has failed.
func (s *Sheet) barred(g *group, before int) bool {
	for _, name := range g.Require {
		for i, t := range s.tests[:before] {
			if t.Group != name && !strings.HasPrefix(t.Group, name+"/") {
				continue
			}
			if s.results[i] != nil && !s.passed(i) {
				return true
			}
		}
		// What is required comes earlier in the order, so that this ends.
		if r := s.groups[name]; r != nil && name < g.Name && s.barred(r, before) {
			return true
		}
	}
	return false
}

// score is what a group has by the results that are there.
func (s *Sheet) score(g *group) float64 {
	if !s.accepted(item{group: g}) || len(g.items) == 0 {
		return 0
	}
	if g.Aggregate == deemster.AggregatePassFail {
		if g.MaxScore == nil {
			return 0
		}
		return *g.MaxScore
	}
	var points []float64
	for _, it := range g.items {
		points = append(points, s.points(g, it))
		if g.Break && !s.accepted(it) {
			break
		}
	}
	sum := 0.0
	for _, p := range points {
		sum += p
	}
	switch g.Aggregate {
	case deemster.AggregateMin:
		return slices.Min(points)
	case deemster.AggregateMax:
		return slices.Max(points)
	case deemster.AggregateAverage:
		return sum / float64(len(points))
	}
	return round(sum)
}

// points is what an item of g has.
func (s *Sheet) points(g *group, it item) float64 {
	switch {
	case it.group != nil:
		return s.score(it.group)
	case !s.passed(it.test):
		return 0
	case s.results[it.test].Score != nil:
		return *s.results[it.test].Score
	}
	most, _ := g.worth()
	return most
}
