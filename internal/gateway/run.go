package gateway

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

func (g *Gateway) registerRuns() {
	register(g, call{
		method: http.MethodPost, path: "/api/v1/runs", id: "run", tag: "runs", may: loggedIn, takesJSON: true,
		summary: "Run a program",
		description: "Compiles a program and runs it on an input of your own, or on a problem's samples, and answers with what it printed. " +
			"It is no submission: nothing is stored, and nothing is promised. Runs wait behind all submissions and make room for them; " +
			fmt.Sprintf("one that no executor takes within %v is refused with 503, and so is one whose executor is lost. ", runWaits) +
			"Closing the connection stops the run. " +
			fmt.Sprintf("The input has at most %v; of each result %v of either output are shown, of all results %v; "+
				"of many samples the first %d are run, and after one that runs out of time the rest are SK. ",
				deemster.MaxRunInput, deemster.MaxRunOutput, deemster.MaxRunShown, deemster.MaxRunSamples) +
			fmt.Sprintf("Runs have a rate of their own, %v unless set otherwise, and an account has at most %d at one time.", DefaultRates.Run, runsOfAccount),
	}, g.runOverHTTP)
}

// runRequest is a run as it comes in.
type runRequest struct {
	Language string          `json:"language" doc:"The language's id, from GET /api/v1/languages." example:"python3"`
	Source   string          `json:"source,omitempty" doc:"The program, when it is one file: at most 64 KiB of UTF-8. Either this or files." example:"print(sum(map(int, input().split())))"`
	Files    []deemster.File `json:"files,omitempty" doc:"The program, when it is several files: at most 32, and 64 KiB in all."`
	Stdin    string          `json:"stdin,omitempty" doc:"What the program reads: at most 64 KiB. Where a function is asked for: a line for each parameter, as the samples have it." example:"1 2\n"`
	Problem  string          `json:"problem,omitempty" doc:"The slug of the problem whose limits hold; left out, the default limits do." example:"aplusb"`
	Samples  bool            `json:"samples,omitempty" doc:"Run it on the problem's samples, and not on stdin."`
}

type runInput struct{ Body runRequest }

// Resolve is huma's way of handing over the request. A run takes longer than other calls,
// and a deadline for the body that runs out would look as if the client had gone.
func (in *runInput) Resolve(ctx huma.Context) []error {
	_, w := humago.Unwrap(ctx)
	control, until := http.NewResponseController(w), time.Now().Add(runTakes+bodyTime)
	_ = control.SetReadDeadline(until) // not every ResponseWriter has deadlines; those of the server do
	_ = control.SetWriteDeadline(until)
	return nil
}

func (g *Gateway) runOverHTTP(ctx context.Context, in *runInput) (*body[deemster.RunAnswer], error) {
	c := callerOf(ctx)
	run, problem, err := g.checkRun(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	run.User = c.user.ID
	waiting, err := g.runs.add(run)
	if err != nil {
		return nil, err
	}
	defer func() {
		if g.runs.remove(waiting) {
			g.bus.StopRun(waiting.run.ID)
		}
	}()
	err = g.count(ctx, headerOf(ctx), "run", g.rates.Run, accountKey("run", c.user.ID), addressKey("run", c.address))
	if err != nil {
		return nil, err
	}
	g.bus.OfferRun(g.runs.offer(waiting))
	answer, err := g.awaitRun(ctx, waiting)
	if err != nil {
		return nil, err
	}
	return &body[deemster.RunAnswer]{viewRun(answer, run.Samples, problem)}, nil
}

// checkRun makes a run of a request. The problem is empty when none was named.
func (g *Gateway) checkRun(ctx context.Context, q runRequest) (run deemster.Run, problem deemster.Problem, err error) {
	switch {
	case q.Samples && q.Problem == "":
		return run, problem, deemster.FieldErrorf("problem", "name the problem whose samples are meant")
	case q.Samples && q.Stdin != "":
		return run, problem, deemster.FieldErrorf("stdin", "send either stdin or samples, not both")
	case deemster.Bytes(len(q.Stdin)) > deemster.MaxRunInput:
		return run, problem, &deemster.Error{
			Kind: deemster.TooLarge, Field: "stdin",
			Title: fmt.Sprintf("the input is %d bytes, over the limit of %s (%d bytes)", len(q.Stdin), deemster.MaxRunInput, int64(deemster.MaxRunInput)),
		}
	}
	if q.Problem != "" {
		problem, err = g.problem(ctx, q.Problem)
	}
	switch {
	case deemster.KindOf(err) == deemster.NotFound:
		return run, problem, deemster.FieldErrorf("problem", "no such problem; GET /api/v1/problems lists them")
	case err != nil:
		return run, problem, err
	case problem.Mode.SubmitAnswer:
		return run, problem, deemster.FieldErrorf("problem", "submissions to this problem are answers, not programs: there is nothing to run")
	}
	language, err := g.languageFor(problem, q.Language)
	if err != nil {
		return run, problem, err
	}
	files, err := submitRequest{Source: q.Source, Files: q.Files}.sources(language)
	run = deemster.Run{
		Language: language.ID, Files: files, Samples: q.Samples, Stdin: q.Stdin,
		Problem: problem.Slug, ProblemVersion: problem.Version,
	}
	return run, problem, err
}

// awaitRun waits until a run has ended, somehow.
func (g *Gateway) awaitRun(ctx context.Context, p *pendingRun) (deemster.RunAnswer, error) {
	none := deemster.RunAnswer{}
	all, waiting, watch := time.NewTimer(g.runs.takes), time.NewTimer(g.runs.waits), time.NewTicker(g.runs.watch)
	defer all.Stop()
	defer waiting.Stop()
	defer watch.Stop()
	executor, since := "", time.Time{}
	for {
		select {
		case <-p.changed:
			var report *deemster.RunReport
			executor, since, report = g.runs.state(p)
			switch {
			case report != nil && report.Error != nil:
				return none, report.Error
			case report != nil:
				return report.Answer, nil
			case executor == "": // it made room for a submission
				waiting.Reset(g.runs.waits)
				g.bus.OfferRun(g.runs.offer(p))
			default:
				waiting.Stop()
			}
		case <-watch.C:
			if executor != "" && g.executors.lost(executor, since) {
				return none, unavailable("the executor that ran the program is lost; send it again", time.Second)
			}
		case <-waiting.C:
			return none, unavailable("every executor is busy with submissions; try again later", 10*time.Second)
		case <-all.C:
			return none, unavailable(fmt.Sprintf("the run took longer than %v in all; try it on less", g.runs.takes), 10*time.Second)
		case <-g.stopping:
			return none, unavailable("this part of the judge is stopping; send the run again", time.Second)
		case <-ctx.Done():
			return none, context.Cause(ctx)
		}
	}
}

func unavailable(title string, retry time.Duration) *deemster.Error {
	return &deemster.Error{Kind: deemster.Unavailable, Title: title, RetryAfter: retry}
}

// viewRun adds to the results on samples what was expected.
func viewRun(answer deemster.RunAnswer, samples bool, problem deemster.Problem) deemster.RunAnswer {
	if answer.Results == nil {
		answer.Results = []deemster.RunResult{}
	}
	if !samples {
		return answer
	}
	expected := map[string]*string{} // none where programs talk: the answer is no output then
	for i := range problem.Samples {
		if !problem.Mode.Interactive && problem.Mode.Passes < 2 {
			expected[problem.Samples[i].Name] = &problem.Samples[i].Answer
		}
	}
	for i := range answer.Results {
		r := &answer.Results[i]
		if r.Verdict == deemster.Skipped {
			continue
		}
		correct := r.Verdict == deemster.Accepted
		r.Correct, r.Expected = &correct, expected[r.Name]
	}
	return answer
}

// serveRuns gives executors the runs that wait here and takes what came of them, until ctx
// ends.
func (g *Gateway) serveRuns(ctx context.Context) error {
	const parallel = 16
	err := bus.Serve(ctx, g.bus, bus.ClaimRun(g.runs.gateway), parallel, func(_ context.Context, c deemster.RunClaim) (deemster.Run, error) {
		return g.runs.claim(c)
	})
	if err != nil {
		return err
	}
	return bus.Serve(ctx, g.bus, bus.ReportRun(g.runs.gateway), parallel, func(_ context.Context, r deemster.RunReport) (struct{}, error) {
		return struct{}{}, g.runs.report(r)
	})
}

// lost tells whether an executor that was heard of at a time has been silent for too long since.
func (x *executors) lost(id string, heard time.Time) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if seen := x.known[id].SeenAt; seen.After(heard) {
		heard = seen
	}
	return x.clock().Sub(heard) > executorAlive
}

// heardExecutor notes an announcement. An executor with a slot to spare may never have
// heard of the runs that wait, so they are offered again.
func (g *Gateway) heardExecutor(info deemster.ExecutorInfo) {
	g.executors.hear(info)
	if info.Busy < info.Slots {
		for _, offer := range g.runs.offers() {
			g.bus.OfferRun(offer)
		}
	}
}
