package e2e

import (
	"maps"
	"reflect"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/app"
	"github.com/deemster-oj/deemster/internal/sitetest"
)

// batch is a number of submissions and the verdict each must get.
type batch struct {
	user *sitetest.Client
	want map[string]deemster.Verdict
}

// submitBatch hands in slow programs and others behind them.
func submitBatch(t *testing.T, user *sitetest.Client) batch {
	t.Helper()
	b := batch{user, map[string]deemster.Verdict{}}
	slow := named(t, "plain", "slow.py")
	for range 3 {
		b.want[user.Submit(slow).ID] = deemster.Accepted
	}
	for name, verdict := range map[string]deemster.Verdict{
		"add.py": deemster.Accepted, "wrong.cpp": deemster.WrongAnswer,
		"null.cpp": deemster.RunTimeError, "broken.cpp": deemster.CompileError,
	} {
		b.want[user.Submit(named(t, "plain", name)).ID] = verdict
	}
	return b
}

// awaitJudging waits until one of the batch is being judged.
func (b batch) awaitJudging(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for id := range b.want {
			if b.user.Submission(id).State == deemster.StateJudging {
				return
			}
		}
	}
	t.Fatal("nothing is being judged")
}

// judged waits for all verdicts and checks them; if something was to be interrupted, also
// that a submission was judged again because its first attempt was lost.
func (b batch) judged(t *testing.T, interrupted bool) map[string]deemster.Submission {
	t.Helper()
	final := map[string]deemster.Submission{}
	again := 0
	for id, want := range b.want {
		s := b.user.Judged(id)
		final[id] = s
		if s.Verdict != want {
			t.Errorf("%s, attempt %d: %s, want %s %s", id, s.Attempt, s.Verdict, want, s.Message)
		}
		if s.Attempt > 1 {
			again++
		}
	}
	if interrupted && again == 0 {
		t.Error("no submission needed a second attempt: the test interrupted nothing")
	}
	return final
}

// TestKilled ends each role as a power cut would while it is busy. All-in-one that is the
// whole site. Every accepted submission gets its verdict, and keeps it.
func TestKilled(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "submit=1000/s")
		user := site.Register("ada")
		final := map[string]deemster.Submission{}
		roles := app.Roles
		if mode == sitetest.AllInOne {
			roles = roles[:1]
		}
		for _, role := range roles {
			t.Run(role, func(t *testing.T) {
				b := submitBatch(t, user)
				b.awaitJudging(t)
				site.Kill(role)
				site.StartAgain(role)
				maps.Copy(final, b.judged(t, mode == sitetest.AllInOne || role == app.Executor))
			})
		}
		// When this has passed, every ticket and lease of the time before has run out.
		time.Sleep(deemster.LeaseTime + 5*time.Second)
		for id, before := range final {
			if after := user.Submission(id); !reflect.DeepEqual(before, after) {
				t.Errorf("%s had its verdict and changed:\n%+v\n%+v", id, before, after)
			}
		}
	})
}

// TestStopped stops each role as an operator would while it is busy: it ends well, and
// what it handed back is judged by the next.
func TestStopped(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "submit=1000/s", "--grace", "100ms")
		user := site.Register("ada")
		roles := app.Roles
		if mode == sitetest.AllInOne {
			roles = roles[:1]
		}
		for _, role := range roles {
			t.Run(role, func(t *testing.T) {
				b := submitBatch(t, user)
				b.awaitJudging(t)
				if err := site.Stop(role); err != nil {
					t.Errorf("stopped, it ended with %v, want exit status 0", err)
				}
				site.StartAgain(role)
				b.judged(t, false)
			})
		}
	})
}
