package gateway

import (
	"strings"

	"github.com/deemster-oj/deemster"
)

// Who may do what. HTTP and the WebSocket ask here and nowhere else. A nil user is
// somebody who has not logged in.

// permission says why a user may not make a call, or nil.
type permission func(u *deemster.User) error

// anyone permits everybody.
func anyone(*deemster.User) error { return nil }

// loggedIn permits whoever has an account.
func loggedIn(u *deemster.User) error {
	if u == nil {
		return deemster.Errorf(deemster.Unauthorized, "log in, or send a token: Authorization: Bearer dmst_…")
	}
	return nil
}

// managesProblems permits setters and administrators.
func managesProblems(u *deemster.User) error {
	if err := loggedIn(u); err != nil {
		return err
	}
	if u.Role != deemster.RoleSetter && u.Role != deemster.RoleAdmin {
		return deemster.Errorf(deemster.Forbidden, "this takes the role setter or admin")
	}
	return nil
}

// administers permits administrators.
func administers(u *deemster.User) error {
	if err := loggedIn(u); err != nil {
		return err
	}
	if u.Role != deemster.RoleAdmin {
		return deemster.Errorf(deemster.Forbidden, "this takes the role admin")
	}
	return nil
}

// maySeeAll reports whether u may see everybody's submissions.
func maySeeAll(u *deemster.User) bool { return administers(u) == nil }

// maySee reports whether u may see s. If not, s must look absent to u.
func maySee(u *deemster.User, s deemster.Submission) bool {
	return u != nil && (s.User == u.Handle || maySeeAll(u))
}

// laneOf is the lane in which u's submissions wait.
func laneOf(u *deemster.User) deemster.Lane {
	if u.Plan == deemster.PlanPremium {
		return deemster.LanePremium
	}
	return deemster.LanePractice
}

// view is what u may see of s: of a hidden test the verdict, time and memory, and nothing
// that the test or the program said. Exit status and signal are the program's words, too:
// it could spell the test out in them.
func view(u *deemster.User, s deemster.Submission) deemster.Submission {
	if maySeeAll(u) || s.Tests == nil {
		return s
	}
	tests := make([]deemster.TestResult, len(s.Tests))
	for i, t := range s.Tests {
		tests[i] = viewTest(t)
	}
	s.Tests = tests
	return s
}

func viewTest(t deemster.TestResult) deemster.TestResult {
	if !strings.HasPrefix(t.Name, samples) {
		t.ExitCode, t.Signal, t.Feedback = 0, "", ""
	}
	t.Message = "" // may speak of the test's answer
	return t
}

// samples is what the names of the tests that everybody may see begin with.
const samples = "sample/"
