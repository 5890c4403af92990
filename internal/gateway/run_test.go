package gateway

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// runner plays an executor that runs programs.
type runner struct {
	*testSite
	id     string
	offers chan deemster.RunOffer
	stops  chan string
}

func (s *testSite) runner() *runner {
	s.Helper()
	r := &runner{s, "x", make(chan deemster.RunOffer, 100), make(chan string, 100)}
	ctx, cancel := context.WithCancel(context.Background())
	s.Cleanup(cancel)
	must[any](s)(nil, s.bus.RunOffers(ctx, func(o deemster.RunOffer) { r.offers <- o }))
	must[any](s)(nil, s.bus.RunStops(ctx, func(id string) { r.stops <- id }))
	must[any](s)(nil, s.bus.Flush(ctx))
	return r
}

// next gives the next of what comes from the bus.
func next[T any](s *testSite, from <-chan T) (v T) {
	s.Helper()
	select {
	case v = <-from:
	case <-time.After(20 * time.Second):
		s.Fatal("nothing came from the bus")
	}
	return v
}

func (r *runner) claim(offer deemster.RunOffer) (deemster.Run, error) {
	return bus.Call(context.Background(), r.bus, bus.ClaimRun(offer.Gateway), deemster.RunClaim{ID: offer.ID, Executor: r.id})
}

// take claims the next run that is offered.
func (r *runner) take() (deemster.RunOffer, deemster.Run) {
	r.Helper()
	offer := next(r.testSite, r.offers)
	return offer, must[deemster.Run](r.testSite)(r.claim(offer))
}

func (r *runner) report(offer deemster.RunOffer, report deemster.RunReport) error {
	report.ID, report.Executor = offer.ID, r.id
	_, err := bus.Call(context.Background(), r.bus, bus.ReportRun(offer.Gateway), report)
	return err
}

// begin sends a run; the answer comes later.
func (c *client) begin(content object) <-chan answer {
	answered := make(chan answer, 1)
	go func() { answered <- c.do("POST", "/api/v1/runs", content) }()
	return answered
}

func printing(stdin string) object {
	return object{"language": "python3", "source": "print(input())", "stdin": stdin}
}

func TestRun(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	answered := ada.begin(printing("1 < 2\n"))
	offer, run := x.take()
	if offer.Language != "python3" || run.Stdin != "1 < 2\n" || len(run.Files) != 1 || run.Files[0].Name != "main.py" || run.Samples || run.Problem != "" {
		t.Errorf("the executor got %+v of %+v", run, offer)
	}
	if _, err := x.claim(offer); deemster.KindOf(err) != deemster.NotFound {
		t.Errorf("a run is given away twice: %v", err)
	}
	result := deemster.RunResult{Name: "input", Stdout: "1 < 2\n", TimeMS: 7, Memory: 4096}
	if err := x.report(offer, deemster.RunReport{Answer: deemster.RunAnswer{Compiled: true, Results: []deemster.RunResult{result}}}); err != nil {
		t.Fatal(err)
	}
	got := <-answered
	if got.status != http.StatusOK || !strings.Contains(got.text, `"stdout":"1 < 2\n"`) || !strings.Contains(got.text, `"compiled":true`) ||
		strings.Contains(got.text, "verdict") || strings.Contains(got.text, "correct") {
		t.Errorf("answered %d %s", got.status, got.text)
	}
	if err := x.report(offer, deemster.RunReport{}); deemster.KindOf(err) != deemster.NotFound {
		t.Errorf("a report that nobody waits for: %v", err)
	}
	if len(x.stops) > 0 {
		t.Error("a run that had ended was stopped")
	}
	if items := ada.want(200, "GET", "/api/v1/submissions", nil).json["items"]; len(items.([]any)) != 0 {
		t.Errorf("a run became a submission: %v", items)
	}
}

func TestRunOnSamples(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	answered := ada.begin(object{"language": "python3", "source": "print(3)", "problem": "aplusb", "samples": true})
	offer, run := x.take()
	if !run.Samples || run.Problem != "aplusb" || run.ProblemVersion != 1 {
		t.Errorf("the executor got %+v", run)
	}
	problem := must[deemster.Problem](s)(bus.Call(context.Background(), s.bus, bus.GetProblem, bus.BySlug{Slug: "aplusb"}))
	sample := problem.Samples[0]
	report := deemster.RunReport{Answer: deemster.RunAnswer{Compiled: true, Results: []deemster.RunResult{
		{Name: sample.Name, Verdict: deemster.WrongAnswer, Stdout: "4\n", Feedback: "line 1"},
		{Name: "sample/unshown", Verdict: deemster.Accepted, Stdout: "5\n"},
		{Name: "sample/late", Verdict: deemster.Skipped},
	}}}
	if err := x.report(offer, report); err != nil {
		t.Fatal(err)
	}
	got := <-answered
	results, _ := got.json["results"].([]any)
	if len(results) != 3 {
		t.Fatalf("answered %d %s", got.status, got.text)
	}
	if first := results[0].(object); first["expected"] != sample.Answer || first["correct"] != false || first["feedback"] != "line 1" {
		t.Errorf("a wrong sample: %v", first)
	}
	if second := results[1].(object); second["expected"] != nil || second["correct"] != true {
		t.Errorf("a sample that is not shown: %v", second)
	}
	if third := results[2].(object); third["correct"] != nil || third["verdict"] != "SK" {
		t.Errorf("a sample that was skipped: %v", third)
	}
}

func TestBadRuns(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	change := func(name string, value any) object {
		q := printing("1")
		q[name] = value
		return q
	}
	for name, test := range map[string]struct {
		content object
		status  int
		field   string
	}{
		"unknown language":     {change("language", "brainfuck"), 422, "language"},
		"language not here":    {change("language", "java"), 422, "language"},
		"no source":            {change("source", ""), 422, "source"},
		"long source":          {change("source", strings.Repeat("#", 64<<10+1)), 413, "source"},
		"long input":           {change("stdin", strings.Repeat("1", 64<<10+1)), 413, "stdin"},
		"hostile file name":    {object{"language": "python3", "files": []object{{"name": "../x", "content": "1"}}}, 422, "files[0].name"},
		"unknown problem":      {change("problem", "nosuch"), 422, "problem"},
		"hostile problem":      {change("problem", "../etc"), 422, "problem"},
		"samples of nothing":   {object{"language": "python3", "source": "1", "samples": true}, 422, "problem"},
		"input and samples":    {object{"language": "python3", "source": "1", "stdin": "1", "problem": "aplusb", "samples": true}, 422, "stdin"},
		"unknown field":        {change("limits", 7), 422, "limits"},
		"longest that is sent": {change("stdin", strings.Repeat("\x01", 64<<10)), 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if test.status == 0 { // not refused: it reaches the executor
				answered := ada.begin(test.content)
				offer, run := x.take()
				if run.Stdin != test.content["stdin"] {
					t.Errorf("%d bytes of input came", len(run.Stdin))
				}
				if err := x.report(offer, deemster.RunReport{Error: deemster.FieldErrorf("samples", "there are none")}); err != nil {
					t.Error(err)
				}
				if got := <-answered; got.status != 422 || got.json["field"] != "samples" {
					t.Errorf("what the executor refuses: %d %s", got.status, got.text)
				}
				return
			}
			got := ada.want(test.status, "POST", "/api/v1/runs", test.content)
			if got.json["field"] != test.field {
				t.Errorf("%s, want the field %s", got.text, test.field)
			}
		})
	}
	s.client().want(401, "POST", "/api/v1/runs", printing("1"))
	if len(x.offers) > 0 {
		t.Errorf("a run that was refused was offered: %+v", <-x.offers)
	}
}

// A run that made room for a submission waits again, at the same place.
func TestRunReturned(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	answered := ada.begin(printing("1"))
	offer, _ := x.take()
	if err := x.report(offer, deemster.RunReport{Returned: true}); err != nil {
		t.Fatal(err)
	}
	again, _ := x.take()
	if again != offer {
		t.Errorf("offered again as %+v, first as %+v", again, offer)
	}
	if err := x.report(again, deemster.RunReport{Answer: deemster.RunAnswer{CompileLog: "no"}}); err != nil {
		t.Fatal(err)
	}
	if got := <-answered; got.status != 200 || !strings.Contains(got.text, `"compiled":false,"compile_log":"no","results":[]`) {
		t.Errorf("answered %d %s", got.status, got.text)
	}
}

// An executor that starts late hears of what waits when it says that it is there; one
// that is busy is not bothered.
func TestRunsAreOfferedAgain(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	answered := ada.begin(printing("1"))
	first := next(s, x.offers)
	s.bus.Announce(deemster.ExecutorInfo{ID: "busy", Host: "h", Slots: 1, Busy: 1, Languages: []deemster.LanguageInfo{python}})
	s.bus.Announce(deemster.ExecutorInfo{ID: "idle", Host: "h", Slots: 1, Languages: []deemster.LanguageInfo{python}})
	if again := next(s, x.offers); again != first {
		t.Errorf("offered again as %+v, first as %+v", again, first)
	}
	if len(x.offers) > 0 {
		t.Error("a busy executor made the gateway offer its runs again")
	}
	must[deemster.Run](s)(x.claim(first))
	if err := x.report(first, deemster.RunReport{}); err != nil {
		t.Fatal(err)
	}
	<-answered
}

func TestRunLimits(t *testing.T) {
	s := newTestSite(t, func(c *Config) { c.Rates.Run = Rate{3, time.Minute} })
	ada, bob, x := s.user("ada"), s.user("bob"), s.runner()
	var offers []deemster.RunOffer
	var answers []<-chan answer
	for range runsOfAccount {
		answers = append(answers, ada.begin(printing("1")))
		offers = append(offers, next(s, x.offers))
	}
	got := ada.want(429, "POST", "/api/v1/runs", printing("1"))
	if got.header.Get("Retry-After") == "" || !strings.Contains(got.text, "2 runs under way") {
		t.Errorf("one more of an account: %v %s", got.header, got.text)
	}
	answers = append(answers, bob.begin(printing("1"))) // another's is taken
	offers = append(offers, next(s, x.offers))
	end := func() {
		t.Helper()
		for i, offer := range offers {
			must[deemster.Run](s)(x.claim(offer))
			if err := x.report(offer, deemster.RunReport{}); err != nil {
				t.Error(err)
			}
			if got := <-answers[i]; got.status != 200 {
				t.Errorf("run %d: %d %s", i, got.status, got.text)
			}
		}
		offers, answers = nil, nil
	}
	end()
	answers, offers = append(answers, ada.begin(printing("1"))), append(offers, next(s, x.offers))
	end()
	got = ada.want(429, "POST", "/api/v1/runs", printing("1"))
	if !strings.HasPrefix(got.header.Get("RateLimit"), `"run";r=0`) || !strings.Contains(got.text, "3/m (run)") {
		t.Errorf("over the rate: %v %s", got.header, got.text)
	}
	s.gateway.runs.mu.Lock()
	for i := range runsKept {
		s.gateway.runs.pending = append(s.gateway.runs.pending, &pendingRun{run: deemster.Run{User: string(rune(i))}})
	}
	s.gateway.runs.mu.Unlock()
	if got := bob.want(503, "POST", "/api/v1/runs", printing("1")); got.header.Get("Retry-After") == "" {
		t.Errorf("too many wait: %v %s", got.header, got.text)
	}
}

// What keeps a run from ending is told, and the executor that may still have it is stopped.
func TestRunsThatCannotEnd(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	s.gateway.runs.waits, s.gateway.runs.watch = 50*time.Millisecond, 10*time.Millisecond

	busy := ada.want(503, "POST", "/api/v1/runs", printing("1"))
	if busy.header.Get("Retry-After") == "" || !strings.Contains(busy.text, "busy with submissions") {
		t.Errorf("a run that nobody takes: %s", busy.text)
	}
	if _, err := x.claim(next(s, x.offers)); deemster.KindOf(err) != deemster.NotFound {
		t.Errorf("a run that nobody waits for is given away: %v", err)
	}
	s.gateway.runs.waits = time.Minute
	lost := ada.begin(printing("1"))
	offer, _ := x.take()
	s.pass(executorAlive - time.Second)
	select {
	case got := <-lost:
		t.Errorf("an executor that was heard of counts as lost: %d %s", got.status, got.text)
	case <-time.After(100 * time.Millisecond):
	}
	s.pass(2 * time.Second)
	if got := <-lost; got.status != 503 || !strings.Contains(got.text, "executor that ran the program is lost") || got.header.Get("Retry-After") == "" {
		t.Errorf("a lost executor: %d %s", got.status, got.text)
	}
	if id := next(s, x.stops); id != offer.ID {
		t.Errorf("stopped %s, want %s", id, offer.ID)
	}
}

// Who closes the connection does not wait, and the executor need not go on.
func TestRunOfAClientThatLeaves(t *testing.T) {
	s := newTestSite(t, nil)
	ada, x := s.user("ada"), s.runner()
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", s.server.URL+"/api/v1/runs", strings.NewReader(`{"language":"python3","source":"1"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if answer, err := ada.http.Do(r); err == nil {
			answer.Body.Close()
		}
	}()
	offer, _ := x.take()
	leave()
	if id := next(s, x.stops); id != offer.ID {
		t.Errorf("stopped %s, want %s", id, offer.ID)
	}
	<-gone
	if err := x.report(offer, deemster.RunReport{}); deemster.KindOf(err) != deemster.NotFound {
		t.Errorf("the run of a client that left is reported: %v", err)
	}
}
