package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/store"
)

func handedIn(user string) deemster.NewSubmission {
	return deemster.NewSubmission{
		UserID: "id-" + user, User: user, Problem: "aplusb", ProblemVersion: 3, Language: "cpp",
		Files: []deemster.File{{Name: "main.cpp", Content: "int main() { puts(\"\\0 ' \x00 \\' é 😀\"); }"}},
		Lane:  deemster.LanePractice,
	}
}

// accept stores a submission.
func accept(t *testing.T, s *store.Store, n deemster.NewSubmission) store.Submission {
	t.Helper()
	row, fresh, err := s.AddSubmission(ctx, n, morning)
	if err != nil || !fresh {
		t.Fatalf("AddSubmission: fresh %v, %v", fresh, err)
	}
	return row
}

func claim(t *testing.T, s *store.Store, id, executor string, now time.Time) store.Submission {
	t.Helper()
	row, err := s.Claim(ctx, deemster.Claim{Submission: id, Executor: executor}, now)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func wantRow(t *testing.T, s *store.Store, want store.Submission) {
	t.Helper()
	got, err := s.Submission(ctx, want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("row (-want +got): %s", diff)
	}
}

func TestSubmissionIsKept(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		n := handedIn("ada")
		row := accept(t, s, n)
		if row.State != deemster.StateQueued || !row.CreatedAt.Equal(morning) || row.Attempt != 0 {
			t.Errorf("accepted as %+v", row)
		}
		wantRow(t, s, row)
		files, err := s.Sources(ctx, row.ID)
		if diff := gocmp.Diff(n.Files, files); diff != "" || err != nil {
			t.Errorf("sources: %v %s", err, diff)
		}
		for _, id := range []string{"", "x", strings.ToUpper(row.ID), row.ID + "\x00"} {
			_, err := s.Submission(ctx, id)
			wantKind(t, err, deemster.NotFound)
			_, err = s.Sources(ctx, id)
			wantKind(t, err, deemster.NotFound)
		}
		largest := handedIn("ada")
		largest.Files[0].Content = strings.Repeat("\x01", int(deemster.MaxSource)) // six bytes each in JSON
		accept(t, s, largest)
	})
}

func TestIdempotencyKey(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		keyed := func(user, key string) deemster.NewSubmission {
			n := handedIn(user)
			n.IdempotencyKey = key
			return n
		}
		first := accept(t, s, keyed("ada", "k"))
		again := keyed("ada", "k")
		again.ProblemVersion, again.Lane = 4, deemster.LanePremium // not the client's doing
		row, fresh, err := s.AddSubmission(ctx, again, morning.Add(time.Hour))
		if err != nil || fresh || row.ID != first.ID {
			t.Errorf("the same again: %s, fresh %v, %v; want %s", row.ID, fresh, err, first.ID)
		}
		for name, change := range map[string]func(*deemster.NewSubmission){
			"problem":  func(n *deemster.NewSubmission) { n.Problem = "other" },
			"language": func(n *deemster.NewSubmission) { n.Language = "c" },
			"name":     func(n *deemster.NewSubmission) { n.Files[0].Name = "a.cpp" },
			"content":  func(n *deemster.NewSubmission) { n.Files[0].Content += " " },
			"files":    func(n *deemster.NewSubmission) { n.Files = append(n.Files, deemster.File{Name: "b.h"}) },
		} {
			n := keyed("ada", "k")
			change(&n)
			_, _, err := s.AddSubmission(ctx, n, morning)
			if deemster.KindOf(err) != deemster.Conflict {
				t.Errorf("another %s under the same key: %v, want a conflict", name, err)
			}
		}
		for _, other := range []deemster.NewSubmission{
			keyed("ada", "K"), keyed("ada", "k "), keyed("ada", strings.Repeat("k", 9999)),
			keyed("bob", "k"), keyed("ada", ""), keyed("ada", ""),
		} {
			accept(t, s, other)
		}
	})
}

func TestIdempotencyKeyAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		n := handedIn("ada")
		n.IdempotencyKey = "k"
		var all sync.WaitGroup
		var stored atomic.Int32
		ids := make([]string, 30)
		for i := range ids {
			all.Go(func() {
				row, fresh, err := s.AddSubmission(ctx, n, morning)
				if err != nil {
					t.Error(err)
				}
				if fresh {
					stored.Add(1)
				}
				ids[i] = row.ID
			})
		}
		all.Wait()
		slices.Sort(ids)
		if stored.Load() != 1 || ids[0] != ids[len(ids)-1] {
			t.Errorf("%d stored, ids %q", stored.Load(), slices.Compact(ids))
		}
	})
}

func TestPages(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		var all []store.Submission
		for i := range 23 {
			n := handedIn([]string{"ada", "bob"}[i%2])
			n.Problem = []string{"aplusb", "b", "c"}[i%3]
			n.Language = []string{"cpp", "python3"}[i/2%2]
			all = append(all, accept(t, s, n))
		}
		judged := claim(t, s, all[4].ID, "x", morning)
		if ok, err := s.Finish(ctx, deemster.Report{Submission: judged.ID, Attempt: 1, Verdict: deemster.Accepted}, morning); !ok || err != nil {
			t.Fatal(ok, err)
		}
		slices.SortFunc(all, func(a, b store.Submission) int { return -cmp.Compare(a.ID, b.ID) })
		for name, test := range map[string]struct {
			filter deemster.SubmissionFilter
			takes  func(store.Submission) bool
		}{
			"all":      {deemster.SubmissionFilter{}, func(store.Submission) bool { return true }},
			"user":     {deemster.SubmissionFilter{User: "ada"}, func(r store.Submission) bool { return r.User == "ada" }},
			"problem":  {deemster.SubmissionFilter{Problem: "b"}, func(r store.Submission) bool { return r.Problem == "b" }},
			"language": {deemster.SubmissionFilter{Language: "cpp"}, func(r store.Submission) bool { return r.Language == "cpp" }},
			"verdict":  {deemster.SubmissionFilter{Verdict: deemster.Accepted}, func(r store.Submission) bool { return r.ID == judged.ID }},
			"two": {deemster.SubmissionFilter{User: "bob", Problem: "c"}, func(r store.Submission) bool {
				return r.User == "bob" && r.Problem == "c"
			}},
			"nobody": {deemster.SubmissionFilter{User: "' OR '1'='1"}, func(store.Submission) bool { return false }},
		} {
			want := []string{}
			for _, row := range all {
				if test.takes(row) {
					want = append(want, row.ID)
				}
			}
			got := []string{}
			test.filter.Limit = 5
			for {
				page, err := s.Submissions(ctx, test.filter)
				if err != nil {
					t.Fatal(err)
				}
				if len(page.Items) > 5 {
					t.Fatalf("%s: a page of %d", name, len(page.Items))
				}
				for _, row := range page.Items {
					got = append(got, row.ID)
				}
				if test.filter.Cursor = page.NextCursor; page.NextCursor == "" {
					break
				}
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		for _, cursor := range []string{"x", "AAAA", "!", strings.Repeat("A", 5000), all[0].ID} {
			_, err := s.Submissions(ctx, deemster.SubmissionFilter{Cursor: cursor})
			wantKind(t, err, deemster.Invalid)
		}
	})
}

func TestAttempts(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		row := accept(t, s, handedIn("ada"))
		now := morning.Add(time.Minute)
		got := claim(t, s, row.ID, "first", now)
		row.State, row.Attempt, row.Executor, row.StartedAt, row.LeaseUntil =
			deemster.StateJudging, 1, "first", now, now.Add(deemster.LeaseTime)
		if diff := gocmp.Diff(row, got); diff != "" {
			t.Errorf("claimed: %s", diff)
		}
		wantRow(t, s, row)

		_, err := s.Claim(ctx, deemster.Claim{Submission: row.ID, Executor: "second"}, now.Add(5*time.Second))
		wantKind(t, err, deemster.Unavailable)
		if after := deemster.PublicError(err).RetryAfter; after != 10*time.Second {
			t.Errorf("held for another 10 s, and told to come back in %s", after)
		}
		_, err = s.Claim(ctx, deemster.Claim{Submission: "nothing"}, now)
		wantKind(t, err, deemster.NotFound)

		now = now.Add(10 * time.Second)
		lease := deemster.Lease{Submission: row.ID, Attempt: 1, Executor: "first"}
		for range 2 { // the second changes nothing and is no error
			if err := s.Renew(ctx, lease, now); err != nil {
				t.Fatal(err)
			}
		}
		row.LeaseUntil = now.Add(deemster.LeaseTime)
		wantRow(t, s, row)
		for _, wrong := range []deemster.Lease{
			{Submission: row.ID, Attempt: 2, Executor: "first"}, {Submission: row.ID, Attempt: 1, Executor: "second"}, {Submission: "x", Attempt: 1},
		} {
			wantKind(t, s.Renew(ctx, wrong, now), deemster.Conflict)
		}

		score, most := 12.5, 100.0
		report := deemster.Report{
			Submission: row.ID, Attempt: 1, Verdict: deemster.WrongAnswer, Score: &score, MaxScore: &most, TimeMS: 17, Memory: 4096,
			Tests: []deemster.TestResult{{Verdict: deemster.Accepted}, {Verdict: deemster.WrongAnswer}, {Verdict: deemster.Skipped}},
		}
		if ok, err := s.Finish(ctx, report, now); !ok || err != nil {
			t.Fatal(ok, err)
		}
		row.State, row.Verdict, row.Score, row.MaxScore, row.TimeMS, row.Memory = deemster.StateDone, deemster.WrongAnswer, &score, &most, 17, 4096
		row.TestsDone, row.TestsTotal, row.JudgedAt, row.LeaseUntil = 2, 3, &now, time.Time{}
		wantRow(t, s, row)

		// Nothing changes what is done.
		wantKind(t, s.Renew(ctx, lease, now), deemster.Conflict)
		_, err = s.Claim(ctx, deemster.Claim{Submission: row.ID}, now)
		wantKind(t, err, deemster.Conflict)
		report.Verdict = deemster.Accepted
		for _, attempt := range []int{0, 1, 2} {
			report.Attempt = attempt
			if ok, err := s.Finish(ctx, report, now); ok || err != nil {
				t.Errorf("a report of attempt %d on what is done: %v %v", attempt, ok, err)
			}
			if _, ok, err := s.Requeue(ctx, report, now); ok || err != nil {
				t.Errorf("a failure of attempt %d on what is done: %v %v", attempt, ok, err)
			}
		}
		wantRow(t, s, row)
	})
}

func TestFailures(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		id := accept(t, s, handedIn("ada")).ID
		end := func(r deemster.Report) store.Submission {
			t.Helper()
			r.Submission, r.Attempt = id, claim(t, s, id, "x", morning).Attempt
			row, ok, err := s.Requeue(ctx, r, morning)
			if !ok || err != nil {
				t.Fatal(ok, err)
			}
			wantRow(t, s, row)
			return row
		}
		for failures := 1; failures < deemster.MaxAttempts; failures++ {
			if row := end(deemster.Report{Returned: true, Failure: "none of ours"}); row.State != deemster.StateQueued || row.Failures != failures-1 {
				t.Errorf("handed back: %+v", row)
			}
			if row := end(deemster.Report{Failure: "disk full"}); row.State != deemster.StateQueued || row.Failures != failures || row.Verdict != "" || row.Message != "disk full" {
				t.Errorf("failure %d: %+v", failures, row)
			}
		}
		row := end(deemster.Report{Failure: strings.Repeat("é", 9999) + "\xff"})
		if row.State != deemster.StateDone || row.Verdict != deemster.JudgeError || row.JudgedAt == nil || len(row.Message) > 4096 {
			t.Errorf("the last failure: %+v", row)
		}
	})
}

// A failure that nothing would mend ends the submission at once; then it may be judged
// again, from its next attempt on.
func TestFinalFailureAndRejudge(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		id := accept(t, s, handedIn("ada")).ID
		first := claim(t, s, id, "x", morning)
		if _, err := s.Rejudge(ctx, id, 2); deemster.KindOf(err) != deemster.Conflict {
			t.Errorf("judged again while it is judged: %v", err)
		}
		row, ok, err := s.Requeue(ctx, deemster.Report{Submission: id, Attempt: first.Attempt, Failure: "checker crashed", Final: true}, morning)
		if !ok || err != nil || row.State != deemster.StateDone || row.Verdict != deemster.JudgeError || row.Message != "checker crashed" {
			t.Fatalf("%+v, %v, %v", row, ok, err)
		}
		row, err = s.Rejudge(ctx, id, 2)
		if err != nil {
			t.Fatal(err)
		}
		wantRow(t, s, row)
		if row.State != deemster.StateQueued || row.Verdict != "" || row.Lane != deemster.LaneRejudge || row.ProblemVersion != 2 ||
			row.Failures != 0 || row.Message != "" || row.JudgedAt != nil || row.Attempt != first.Attempt {
			t.Errorf("queued again: %+v", row)
		}
		if again := claim(t, s, id, "x", morning); again.Attempt != first.Attempt+1 {
			t.Errorf("attempt %d, want %d", again.Attempt, first.Attempt+1)
		}
		if _, err := s.Rejudge(ctx, "01a2065e-0000-7000-8000-000000000000", 1); deemster.KindOf(err) != deemster.NotFound {
			t.Errorf("of nothing: %v", err)
		}
	})
}

// Of fifty who claim one row at once, one gets it, whichever handle they use.
func TestClaimAtOnce(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			spec := engine.spec(t)
			handles := []*store.Store{open(t, spec), open(t, spec)}
			for round := range 3 {
				row := accept(t, handles[0], handedIn("ada"))
				var all sync.WaitGroup
				won := make(chan store.Submission, 50)
				for i := range cap(won) {
					all.Go(func() {
						got, err := handles[i%2].Claim(ctx, deemster.Claim{Submission: row.ID, Executor: fmt.Sprint(i)}, morning)
						if err == nil {
							won <- got
						} else {
							wantKind(t, err, deemster.Unavailable)
						}
					})
				}
				all.Wait()
				if len(won) != 1 {
					t.Fatalf("round %d: %d executors have the row", round, len(won))
				}
				wantRow(t, handles[1], <-won)
			}
		})
	}
}

// Of all the ways an attempt may end at once, one counts.
func TestEndAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		for range 5 {
			row := claim(t, s, accept(t, s, handedIn("ada")).ID, "x", morning)
			var all sync.WaitGroup
			var counted atomic.Int32
			for i := range 24 {
				all.Go(func() {
					r := deemster.Report{Submission: row.ID, Attempt: 1, Verdict: deemster.Verdicts[i%7]}
					var ok bool
					var err error
					if i%2 == 0 {
						ok, err = s.Finish(ctx, r, morning)
					} else {
						_, ok, err = s.Requeue(ctx, r, morning)
					}
					if err != nil {
						t.Error(err)
					}
					if ok {
						counted.Add(1)
					}
				})
			}
			all.Wait()
			if n := counted.Load(); n != 1 {
				t.Fatalf("%d ends of one attempt counted", n)
			}
		}
	})
}

func TestQueue(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		ids := map[deemster.Lane][]string{}
		for i := range 12 {
			n := handedIn("ada")
			n.Lane = []deemster.Lane{deemster.LanePractice, deemster.LaneContest}[i%2]
			ids[n.Lane] = append(ids[n.Lane], accept(t, s, n).ID)
		}
		practice := ids[deemster.LanePractice]
		claim(t, s, practice[0], "gone", morning)
		claim(t, s, practice[2], "alive", morning.Add(time.Second))

		for i, want := range map[int]int{1: 1, 3: 2, 5: 4} {
			if got, err := s.Position(ctx, deemster.LanePractice, practice[i]); got != want || err != nil {
				t.Errorf("position of practice %d: %d, %v; want %d", i, got, err, want)
			}
		}
		var waiting []string
		for after := ""; ; {
			tickets, err := s.Waiting(ctx, deemster.LanePractice, after, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(tickets) == 0 {
				break
			}
			for _, ticket := range tickets {
				if ticket.Lane != deemster.LanePractice || ticket.Attempt != 0 {
					t.Errorf("ticket %+v", ticket)
				}
				waiting = append(waiting, ticket.Submission)
			}
			after = tickets[len(tickets)-1].Submission
		}
		if diff := gocmp.Diff([]string{practice[1], practice[3], practice[4], practice[5]}, waiting); diff != "" {
			t.Errorf("waiting: %s", diff)
		}

		end := morning.Add(deemster.LeaseTime)
		for now, want := range map[time.Time][]deemster.Lease{
			end.Add(-time.Microsecond): {},
			end:                        {{Submission: practice[0], Attempt: 1, Executor: "gone"}},
		} {
			got, err := s.Lapsed(ctx, now, 10)
			if diff := gocmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("lapsed at %s: %v %s", now, err, diff)
			}
		}

		lanes, err := s.Lanes(ctx)
		want := []store.LaneStatus{
			{Lane: deemster.LaneContest, Queued: 6, Oldest: morning}, {Lane: deemster.LanePremium},
			{Lane: deemster.LanePractice, Queued: 4, Judging: 2, Oldest: morning}, {Lane: deemster.LaneRejudge},
		}
		if diff := gocmp.Diff(want, lanes); diff != "" || err != nil {
			t.Errorf("lanes: %v %s", err, diff)
		}
	})
}

func TestCancelled(t *testing.T) {
	onEngines(t, func(t *testing.T, s *store.Store) {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if _, _, err := s.AddSubmission(ended, handedIn("ada"), morning); !errors.Is(err, context.Canceled) {
			t.Errorf("an accept that was cancelled: %v", err)
		}
		page, err := s.Submissions(ctx, deemster.SubmissionFilter{})
		if len(page.Items) != 0 || err != nil {
			t.Errorf("%d stored by an accept that was cancelled, %v", len(page.Items), err)
		}
	})
}
