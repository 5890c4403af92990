package gateway

import (
	"testing"

	"github.com/deemster-oj/deemster"
)

func TestPermissions(t *testing.T) {
	who := map[string]*deemster.User{
		"nobody": nil,
		"user":   {Handle: "ada", Role: deemster.RoleUser},
		"setter": {Handle: "bob", Role: deemster.RoleSetter},
		"admin":  {Handle: "admin", Role: deemster.RoleAdmin},
		"odd":    {Handle: "odd", Role: "superuser"},
	}
	for _, test := range []struct {
		name string
		may  permission
		want map[string]deemster.Kind // what is refused, and how
	}{
		{"anyone", anyone, nil},
		{"loggedIn", loggedIn, map[string]deemster.Kind{"nobody": deemster.Unauthorized}},
		{"managesProblems", managesProblems, map[string]deemster.Kind{"nobody": deemster.Unauthorized, "user": deemster.Forbidden, "odd": deemster.Forbidden}},
		{"administers", administers, map[string]deemster.Kind{"nobody": deemster.Unauthorized, "user": deemster.Forbidden, "setter": deemster.Forbidden, "odd": deemster.Forbidden}},
	} {
		for name, u := range who {
			if got := deemster.KindOf(test.may(u)); got != test.want[name] {
				t.Errorf("%s, %s: %q, want %q", test.name, name, got, test.want[name])
			}
		}
	}
	of := deemster.Submission{User: "ada"}
	for name, want := range map[string]bool{"nobody": false, "user": true, "setter": false, "admin": true, "odd": false} {
		if maySee(who[name], of) != want {
			t.Errorf("maySee, %s: %v", name, !want)
		}
	}
}

func TestViewHidesWhatHiddenTestsSay(t *testing.T) {
	said := deemster.TestResult{Verdict: deemster.WrongAnswer, TimeMS: 7, Memory: 9, ExitCode: 3, Signal: "SIGSEGV", Feedback: "expected 42", Message: "42, not 43"}
	sample, hidden := said, said
	sample.Name, hidden.Name = "sample/1", "secret/samples/1"
	s := deemster.Submission{User: "ada", Tests: []deemster.TestResult{sample, hidden}}

	got := view(&deemster.User{Handle: "ada", Role: deemster.RoleUser}, s).Tests
	want := deemster.TestResult{Name: hidden.Name, Verdict: said.Verdict, TimeMS: 7, Memory: 9}
	sample.Message = ""
	if got[0] != sample || got[1] != want {
		t.Errorf("the submitter sees %+v", got)
	}
	if s.Tests[1] != hidden {
		t.Error("the view changed what it was made of")
	}
	if got := view(&deemster.User{Role: deemster.RoleAdmin}, s).Tests; got[1] != hidden {
		t.Errorf("an administrator sees %+v", got[1])
	}
}
