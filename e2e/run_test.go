package e2e

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/app"
	"github.com/deemster-oj/deemster/internal/sitetest"
)

// form is a run to be asked for.
type form = map[string]any

func run(t *testing.T, user *sitetest.Client, f form) (answer deemster.RunAnswer) {
	t.Helper()
	user.Must(http.StatusOK, "POST", "/api/v1/runs", f, &answer)
	return answer
}

// TestRuns runs programs without handing them in.
func TestRuns(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode, "--rate", "run=1000/s")
		user := site.Register("ada")
		add, wrong, broken, null := named(t, "plain", "add.py"), named(t, "plain", "wrong.cpp"), named(t, "plain", "broken.cpp"), named(t, "plain", "null.cpp")

		own := run(t, user, form{"language": "python3", "source": "import sys\nprint(input() * 2)\nprint('<here>', file=sys.stderr)", "stdin": "ab\n"})
		if r := own.Results; !own.Compiled || len(r) != 1 || r[0].Name != "input" || r[0].Verdict != "" || r[0].Stdout != "abab\n" ||
			r[0].Stderr != "<here>\n" || r[0].Memory == 0 || r[0].Correct != nil {
			t.Errorf("on an own input: %+v", own)
		}
		samples := run(t, user, form{"language": add.Language, "source": add.Source, "problem": add.Problem, "samples": true})
		if len(samples.Results) == 0 {
			t.Errorf("on samples: %+v", samples)
		}
		for _, r := range samples.Results {
			if r.Verdict != deemster.Accepted || r.Correct == nil || !*r.Correct || r.Expected == nil || !strings.HasPrefix(r.Name, "sample/") {
				t.Errorf("on samples: %+v", r)
			}
		}
		right := 0
		for _, r := range run(t, user, form{"language": wrong.Language, "source": wrong.Source, "problem": wrong.Problem, "samples": true}).Results {
			if *r.Correct {
				right++
			} else if r.Verdict != deemster.WrongAnswer || r.Feedback == "" {
				t.Errorf("a wrong program on samples: %+v", r)
			}
		}
		if right == len(samples.Results) {
			t.Error("a wrong program is right on all samples")
		}
		if got := run(t, user, form{"language": broken.Language, "source": broken.Source}); got.Compiled || got.CompileLog == "" || len(got.Results) != 0 {
			t.Errorf("what does not compile: %+v", got)
		}
		if got := run(t, user, form{"language": null.Language, "source": null.Source}); got.Results[0].Verdict != deemster.RunTimeError || got.Results[0].Signal != "SIGSEGV" {
			t.Errorf("what crashes: %+v", got)
		}
		flood := run(t, user, form{"language": "python3", "source": "for i in range(100000): print('<' * 10)"}).Results[0]
		if !flood.StdoutCut || len(flood.Stdout) != int(deemster.MaxRunOutput) || flood.Verdict != "" {
			t.Errorf("a flood: %d bytes, cut %v, %q", len(flood.Stdout), flood.StdoutCut, flood.Verdict)
		}
		var page deemster.Page[deemster.Submission]
		if user.Must(http.StatusOK, "GET", "/api/v1/submissions", nil, &page); len(page.Items) != 0 {
			t.Errorf("runs became submissions: %+v", page.Items)
		}
		site.Visitor().Must(http.StatusUnauthorized, "POST", "/api/v1/runs", form{"language": "python3", "source": "1"}, nil)
	})
}

// forever is a program that runs into its limit, which takes some seconds.
var forever = form{"language": "python3", "source": "while True: pass"}

// TestSubmissionsDoNotWaitForRuns hands in a program while runs keep the only slot: it is
// judged before they have ended, and they end all the same.
func TestSubmissionsDoNotWaitForRuns(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne, "--slots", "1", "--rate", "run=1000/s")
	ada, bob := site.Register("ada"), site.Register("bob")
	ended := make(chan deemster.RunAnswer, 2)
	var runs sync.WaitGroup
	for _, user := range []*sitetest.Client{ada, bob} {
		runs.Go(func() { ended <- run(t, user, forever) })
	}
	if s := ada.Judged(ada.Submit(named(t, "plain", "add.py")).ID); s.Verdict != deemster.Accepted || s.Attempt != 1 {
		t.Errorf("judged as %s in attempt %d", s.Verdict, s.Attempt)
	}
	if len(ended) == 2 {
		t.Error("void: both runs had ended before the submission was judged")
	}
	runs.Wait()
	for range 2 {
		if got := <-ended; len(got.Results) != 1 || got.Results[0].Verdict != deemster.TimeLimitExceeded {
			t.Errorf("a run that made room ended as %+v", got)
		}
	}
}

// TestRunOfALostExecutor kills the executor that has a run: who waits for it is told, and
// the next run goes to the next executor.
func TestRunOfALostExecutor(t *testing.T) {
	site := sitetest.Start(t, sitetest.Split)
	user := site.Register("ada")
	lost := make(chan sitetest.Answer, 1)
	sleeping := form{"language": "python3", "source": "import time\ntime.sleep(60)"} // longer than it may
	go func() { lost <- user.Do("POST", "/api/v1/runs", sleeping) }()
	awaitBusy(t, site)
	site.Kill(app.Executor)
	if got := <-lost; got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" || !strings.Contains(string(got.Body), "lost") {
		t.Errorf("the executor was killed: %d %s", got.Status, got.Body)
	}
	site.StartAgain(app.Executor)
	if got := run(t, user, form{"language": "python3", "source": "print(7)"}); got.Results[0].Stdout != "7\n" {
		t.Errorf("the executor is back: %+v", got)
	}
}

// awaitBusy waits until the executor says that it works.
func awaitBusy(t *testing.T, site *sitetest.Site) {
	t.Helper()
	admin := site.LogIn("admin", sitetest.AdminPassword)
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var page deemster.Page[deemster.ExecutorInfo]
		admin.Must(http.StatusOK, "GET", "/api/v1/admin/executors", nil, &page)
		if len(page.Items) == 1 && page.Items[0].Busy == 1 {
			return
		}
	}
	t.Fatal("the executor is never busy")
}
