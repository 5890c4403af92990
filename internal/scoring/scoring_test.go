package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/scoring"
)

func points(x float64) *float64 { return &x }

// subtasks is a problem with two subtasks of 40 and 60 points, the second of which needs
// the first.
var subtasks = []deemster.Group{
	{Name: "secret", MaxScore: points(100), Aggregate: deemster.AggregateSum},
	{Name: "secret/1", MaxScore: points(40), Aggregate: deemster.AggregatePassFail, Require: []string{"sample"}},
	{Name: "secret/2", MaxScore: points(60), Aggregate: deemster.AggregatePassFail, Require: []string{"secret/1"}},
	{Name: "secret/3", MaxScore: points(0), Aggregate: deemster.AggregatePassFail, Require: []string{"secret/2"}},
}

// one is a problem whose secret tests are in no subtasks.
func one(aggregate deemster.Aggregation, most *float64) []deemster.Group {
	return []deemster.Group{{Name: "secret", MaxScore: most, Aggregate: aggregate}}
}

// legacy is the tree of a package of the legacy format: a root, and groups of 30 and 70
// points, of which each test of the first gives 30.
func legacy(root deemster.Group) []deemster.Group {
	root.Name = "secret"
	return []deemster.Group{
		root,
		{Name: "secret/1", MaxScore: points(30), Aggregate: deemster.AggregateMin, TestScore: points(30), Accept: deemster.AcceptAll, Break: true},
		{Name: "secret/2", MaxScore: points(70), Aggregate: deemster.AggregateSum, TestScore: points(35), Accept: deemster.AcceptAny},
	}
}

// Each line of results is "TEST=VERDICT" or "TEST=VERDICT:POINTS". A test whose result
// makes no difference says so with VERDICT "-", which is also what it gets.
var cases = map[string]struct {
	groups  []deemster.Group
	results string
	verdict deemster.Verdict
	score   string // "40/100", "7/" without a bound, "" when not scored
}{
	"no groups: all right":                 {nil, "sample/1=AC secret/1=AC secret/b/2=AC", "AC", ""},
	"no groups: the first failure decides": {nil, "sample/1=AC secret/1=TLE secret/b/2=-", "TLE", ""},
	"no groups: a sample fails":            {nil, "sample/1=WA secret/1=- secret/b/2=-", "WA", ""},

	"subtasks: all": {subtasks, "sample/1=AC secret/1/a=AC secret/1/b=AC secret/2/a=AC secret/3/a=AC", "AC", "100/100"},
	"subtasks: a failure ends its group and those that need it": {subtasks, "sample/1=AC secret/1/a=WA secret/1/b=- secret/2/a=- secret/3/a=-", "WA", "0/100"},
	"subtasks: the second fails":                                {subtasks, "sample/1=AC secret/1/a=AC secret/1/b=AC secret/2/a=RE secret/2/b=- secret/3/a=-", "RE", "40/100"},
	"subtasks: the samples are needed":                          {subtasks, "sample/1=WA sample/2=- secret/1/a=- secret/2/a=-", "WA", "0/100"},
	"subtasks: a directory in a group is of the group":          {subtasks, "secret/1/x/a=WA secret/1/y/b=- secret/2/a=-", "WA", "0/100"},

	"a sum of tests":                     {one("sum", points(100)), "sample/1=AC secret/1=AC secret/2=WA secret/3=AC secret/4=TLE", "WA", "50/100"},
	"a sum of thirds":                    {one("sum", points(100)), "secret/1=AC secret/2=AC secret/3=AC", "AC", "100/100"},
	"a sum of tenths":                    {one("sum", points(1)), "secret/1=AC secret/2=AC secret/3=AC secret/4=WA secret/5=WA secret/6=WA secret/7=WA secret/8=WA secret/9=WA secret/A=WA", "WA", "0.3/1"},
	"a sum with points of the validator": {one("sum", points(100)), "secret/1=AC:12.5 secret/2=AC", "AC", "62.5/100"},
	"a failed sample takes no points":    {one("sum", points(100)), "sample/1=WA sample/2=- secret/1=AC", "WA", "100/100"},
	"samples have no points":             {one("sum", points(100)), "sample/1=AC:50 secret/1=AC", "AC", "100/100"},
	"the smallest":                       {one("min", points(100)), "secret/1=AC:70 secret/2=AC:30 secret/3=AC", "AC", "30/100"},
	"the smallest is a failure":          {one("min", points(100)), "secret/1=AC:70 secret/2=WA secret/3=-", "WA", "0/100"},
	"all or nothing: all":                {one("pass-fail", points(100)), "secret/1=AC secret/2=AC", "AC", "100/100"},
	"all or nothing: nothing":            {one("pass-fail", points(100)), "secret/1=AC secret/2=MLE secret/3=-", "MLE", "0/100"},
	"no highest score":                   {one("sum", nil), "secret/1=AC:1000 secret/2=AC:0.5 secret/3=WA", "WA", "1000.5/"},
	"the validator gives too much":       {one("sum", points(10)), "secret/1=AC:5 secret/2=AC:6", "JE", ""},
	"the smallest of groups": {
		[]deemster.Group{
			{Name: "secret", MaxScore: points(100), Aggregate: deemster.AggregateMin},
			{Name: "secret/1", MaxScore: points(100), Aggregate: deemster.AggregateSum},
			{Name: "secret/2", MaxScore: points(100), Aggregate: deemster.AggregatePassFail},
			{Name: "secret/3", MaxScore: points(100), Aggregate: deemster.AggregatePassFail},
		}, "secret/1/a=AC secret/1/b=WA secret/2/a=AC secret/3/a=AC", "WA", "50/100",
	},
	"one group fails and with it the smallest of groups": {
		[]deemster.Group{
			{Name: "secret", MaxScore: points(100), Aggregate: deemster.AggregateMin},
			{Name: "secret/1", MaxScore: points(100), Aggregate: deemster.AggregatePassFail},
			{Name: "secret/2", MaxScore: points(100), Aggregate: deemster.AggregateSum},
		}, "secret/1/a=WA secret/1/b=- secret/2/a=-", "WA", "0/100",
	},

	"legacy: all": {legacy(deemster.Group{Aggregate: "sum", Accept: "any", MaxScore: points(100)}),
		"secret/1/a=AC secret/1/b=AC secret/2/a=AC secret/2/b=AC", "AC", "100/100"},
	"legacy: the first group fails": {legacy(deemster.Group{Aggregate: "sum", Accept: "any", MaxScore: points(100)}),
		"secret/1/a=WA secret/1/b=- secret/2/a=AC secret/2/b=WA", "WA", "35/100"},
	"legacy: the first group that fails is the last": {legacy(deemster.Group{Aggregate: "sum", Accept: "any", MaxScore: points(100), Break: true}),
		"secret/1/a=WA secret/1/b=- secret/2/a=- secret/2/b=-", "WA", "0/100"},
	"legacy: all groups have to be accepted": {legacy(deemster.Group{Aggregate: "sum", Accept: "all", MaxScore: points(100)}),
		"secret/1/a=AC secret/1/b=AC secret/2/a=WA secret/2/b=WA", "WA", "0/100"},
	"legacy: part of a group that is accepted": {legacy(deemster.Group{Aggregate: "sum", Accept: "all", MaxScore: points(100)}),
		"secret/1/a=AC secret/1/b=AC secret/2/a=AC secret/2/b=WA", "WA", "65/100"},
	"legacy: the largest": {legacy(deemster.Group{Aggregate: "max", Accept: "any"}),
		"secret/1/a=AC secret/1/b=AC secret/2/a=WA secret/2/b=AC", "WA", "35/"},
	"legacy: the average": {legacy(deemster.Group{Aggregate: "avg", Accept: "always"}),
		"secret/1/a=AC secret/1/b=AC secret/2/a=AC secret/2/b=AC", "AC", "50/"},
	"legacy: until the first failure": {
		[]deemster.Group{{Name: "secret", Aggregate: "sum", TestScore: points(1), Accept: "always", Break: true}},
		"secret/1=AC secret/2=AC secret/3=WA secret/4=-", "WA", "2/",
	},
	"legacy: samples count": {
		[]deemster.Group{
			{Name: ".", Aggregate: "sum", Accept: "any"},
			{Name: "sample", Aggregate: "sum", TestScore: points(1), Accept: "any"},
			{Name: "secret", Aggregate: "sum", TestScore: points(10), Accept: "any"},
		}, "sample/1=AC sample/2=WA secret/1=AC", "WA", "11/",
	},
}

func TestOutcome(t *testing.T) {
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var tests []scoring.Test
			var results []string
			for word := range strings.FieldsSeq(c.results) {
				test, result, _ := strings.Cut(word, "=")
				tests = append(tests, scoring.Test{Name: test, Group: test[:strings.LastIndex(test, "/")]})
				results = append(results, result)
			}
			s := scoring.NewSheet(c.groups, tests)
			for i := range tests {
				if needed := results[i] != "-"; s.Needed(i) != needed {
					t.Errorf("test %s: needed is %v", tests[i].Name, !needed)
				}
				s.Put(i, result(t, results[i]))
			}
			check(t, s.Outcome(), c.verdict, c.score)

			// What was not needed changes nothing, whatever it would have been and in
			// whatever order results come.
			s = scoring.NewSheet(c.groups, tests)
			for _, i := range rand.Perm(len(tests)) {
				if results[i] == "-" {
					s.Put(i, deemster.TestResult{Verdict: deemster.Accepted})
				} else {
					s.Put(i, result(t, results[i]))
				}
			}
			for i := range tests {
				if s.Needed(i) != (results[i] != "-") {
					t.Errorf("test %s: needed changes when all is known", tests[i].Name)
				}
			}
			check(t, s.Outcome(), c.verdict, c.score)
		})
	}
}

func result(t *testing.T, text string) deemster.TestResult {
	verdict, score, scored := strings.Cut(text, ":")
	r := deemster.TestResult{Verdict: deemster.Verdict(verdict)}
	if verdict == "-" {
		r.Verdict = deemster.Skipped
	}
	if scored {
		x, err := strconv.ParseFloat(score, 64)
		if err != nil {
			t.Fatal(err)
		}
		r.Score = &x
	}
	return r
}

func check(t *testing.T, o scoring.Outcome, verdict deemster.Verdict, score string) {
	t.Helper()
	got := ""
	if o.Score != nil {
		got = fmt.Sprint(*o.Score) + "/"
	}
	if o.MaxScore != nil {
		got += fmt.Sprint(*o.MaxScore)
	}
	if o.Verdict != verdict || got != score {
		t.Errorf("%s %q (%s), want %s %q", o.Verdict, got, o.Message, verdict, score)
	}
}

// TestNeededIsFinal puts random results in random order and looks that a test that is not
// needed never is again, and that leaving it out changes nothing.
func TestNeededIsFinal(t *testing.T) {
	names := []string{"sample/1", "sample/2", "secret/1/a", "secret/1/b", "secret/2/a", "secret/2/b", "secret/3/a"}
	var tests []scoring.Test
	for _, name := range names {
		tests = append(tests, scoring.Test{Name: name, Group: name[:strings.LastIndex(name, "/")]})
	}
	trees := [][]deemster.Group{nil, subtasks, one("sum", points(10)), one("min", points(10))}
	for _, c := range cases {
		if len(c.groups) > 0 {
			trees = append(trees, c.groups)
		}
	}
	skipped := 0
	for round := range 4000 {
		groups := trees[round%len(trees)]
		all, lazy := scoring.NewSheet(groups, tests), scoring.NewSheet(groups, tests)
		needed := slices.Repeat([]bool{true}, len(tests))
		for _, i := range rand.Perm(len(tests)) {
			r := deemster.TestResult{Verdict: deemster.Accepted}
			if rand.IntN(3) == 0 {
				r.Verdict = deemster.WrongAnswer
			}
			all.Put(i, r)
			if lazy.Needed(i) {
				lazy.Put(i, r)
			} else {
				skipped++
			}
			for j := range tests {
				now := all.Needed(j)
				if now && !needed[j] {
					t.Fatalf("groups %+v: test %s was not needed and is again", groups, names[j])
				}
				needed[j] = now
			}
		}
		a, b := all.Outcome(), lazy.Outcome()
		if a.Verdict != b.Verdict || (a.Score == nil) != (b.Score == nil) || a.Score != nil && *a.Score != *b.Score {
			t.Fatalf("groups %+v: with all tests %+v, with the needed ones %+v", groups, a, b)
		}
	}
	if skipped == 0 {
		t.Error("nothing was ever skipped: nothing was shown")
	}
}

func TestAward(t *testing.T) {
	tests := []scoring.Test{{"sample/1", "sample"}, {"secret/1", "secret"}, {"secret/2", "secret"}}
	none := -1.0
	for name, c := range map[string]struct {
		groups            []deemster.Group
		test              int
		score, multiplier *float64
		want              float64 // none: all it is worth
		err               string
	}{
		"nothing said":                 {one("sum", points(100)), 1, nil, nil, none, ""},
		"points":                       {one("sum", points(100)), 1, points(20), nil, 20, ""},
		"a part":                       {one("sum", points(100)), 1, nil, points(0.5), 25, ""},
		"a part of the smallest":       {one("min", points(100)), 1, nil, points(0.5), 50, ""},
		"both":                         {one("sum", points(100)), 1, points(1), points(0.5), 0, "may give one"},
		"too many points":              {one("sum", points(100)), 1, points(51), nil, 0, "is worth 50"},
		"a part above 1":               {one("sum", points(100)), 1, nil, points(1.5), 0, "not from 0 to 1"},
		"negative":                     {one("sum", points(100)), 1, points(-1), nil, 0, "not a number from 0"},
		"all or nothing":               {one("pass-fail", points(100)), 1, points(1), nil, 0, "all or nothing"},
		"all or nothing, nothing said": {one("pass-fail", points(100)), 1, nil, nil, none, ""},
		"no bound":                     {one("sum", nil), 1, points(1e6), nil, 1e6, ""},
		"no bound, nothing said":       {one("sum", nil), 1, nil, nil, 0, "gives no score"},
		"no bound, a part":             {one("sum", nil), 1, nil, points(0.5), 0, "no highest score"},
		"a sample":                     {one("sum", points(100)), 0, points(77), nil, none, ""},
		"not scored":                   {nil, 1, points(77), nil, none, ""},
	} {
		award, err := scoring.NewSheet(c.groups, tests).Award(c.test, c.score, c.multiplier)
		switch {
		case c.err != "":
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: error %v, want %q", name, err, c.err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case (award == nil) != (c.want == none) || award != nil && *award != c.want:
			t.Errorf("%s: %v, want %v", name, award, c.want)
		}
	}
}
