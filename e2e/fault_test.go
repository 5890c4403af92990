package e2e

import (
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
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

// lost names the submissions that the site does not know any more.
func (b batch) lost() []string {
	var ids []string
	for id := range b.want {
		if b.user.Do("GET", "/api/v1/submissions/"+id, nil).Status == http.StatusNotFound {
			ids = append(ids, id)
		}
	}
	return ids
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

// processes names a role of each process that a site has.
func processes(mode sitetest.Mode) []string {
	if mode == sitetest.AllInOne {
		return app.Roles[:1]
	}
	return app.Roles
}

// minTraffic is how many submissions must have been unfinished when a process was killed;
// with fewer the test has shown nothing.
const minTraffic = 3

// checkTraffic counts what was judged after a kill.
func checkTraffic(t *testing.T, final map[string]deemster.Submission, killed time.Time) {
	t.Helper()
	unfinished := 0
	for _, s := range final {
		if s.JudgedAt.After(killed) {
			unfinished++
		}
	}
	if unfinished < minTraffic {
		t.Errorf("void: %d submissions were unfinished at the kill, want at least %d", unfinished, minTraffic)
	}
}

// TestKilled ends each role as a power cut would while it is busy. All-in-one that is the
// whole site. Every accepted submission gets its verdict, and keeps it.
func TestKilled(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "submit=1000/s")
		user := site.Register("ada")
		final := map[string]deemster.Submission{}
		for _, role := range processes(mode) {
			t.Run(role, func(t *testing.T) {
				b := submitBatch(t, user)
				b.awaitJudging(t)
				killed := time.Now()
				site.Kill(role)
				site.StartAgain(role)
				if lost := b.lost(); len(lost) > 0 {
					t.Fatalf("accepted and lost: %v", lost)
				}
				judged := b.judged(t, mode == sitetest.AllInOne || role == app.Executor)
				checkTraffic(t, judged, killed)
				maps.Copy(final, judged)
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

// TestKilledWithoutItsRows is the control of TestKilled: when the kill also takes the rows
// that were written since a copy, everything accepted since is found to be lost.
func TestKilledWithoutItsRows(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne, "--rate", "submit=1000/s")
	user := site.Register("ada")
	role, rows, before := app.Roles[0], filepath.Join(site.Data, "deemster.db"), t.TempDir()
	if err := site.Stop(role); err != nil {
		t.Fatal(err)
	}
	copyRows(t, rows, filepath.Join(before, "deemster.db"))
	site.StartAgain(role)
	b := submitBatch(t, user)
	b.awaitJudging(t)
	if lost := b.lost(); len(lost) > 0 {
		t.Fatalf("lost before the kill: %v", lost)
	}
	site.Kill(role)
	copyRows(t, filepath.Join(before, "deemster.db"), rows)
	site.StartAgain(role)
	if lost := b.lost(); len(lost) != len(b.want) {
		t.Errorf("%d of %d are found to be lost, want all", len(lost), len(b.want))
	}
}

// copyRows copies an SQLite database that nobody has open, with the files beside it, in
// the place of another.
func copyRows(t *testing.T, from, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(to + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		content, err := os.ReadFile(from + suffix)
		if errors.Is(err, fs.ErrNotExist) && suffix != "" {
			continue
		}
		if err == nil {
			err = os.WriteFile(to+suffix, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestStopped stops each role as an operator would while it is busy: it ends well, and
// what it handed back is judged by the next.
func TestStopped(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "submit=1000/s", "--grace", "100ms")
		user := site.Register("ada")
		for _, role := range processes(mode) {
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
