package gateway

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/signature"
)

// maxWait bounds a long poll.
const maxWait = time.Minute

func (g *Gateway) registerSubmissions() {
	register(g, call{
		method: http.MethodPost, path: "/api/v1/submissions", id: "submit", tag: "submissions", may: loggedIn, takesJSON: true, status: http.StatusCreated,
		summary: "Submit a program",
		description: "When the answer has come, the submission is stored and will be judged, whatever happens. " +
			"With an Idempotency-Key, a request that is sent again answers with the first submission.",
		refusals: []int{http.StatusConflict},
	}, g.submitOverHTTP)
	register(g, call{
		method: http.MethodGet, path: "/api/v1/submissions", id: "list-submissions", tag: "submissions", may: loggedIn,
		summary:     "List submissions",
		description: "Newest first, without sources and tests. Your own; administrators see everybody's.",
		refusals:    []int{http.StatusUnprocessableEntity},
	}, g.listSubmissions)
	register(g, call{
		method: http.MethodGet, path: "/api/v1/submissions/{id}", id: "get-submission", tag: "submissions", may: loggedIn,
		summary:     "Read a submission",
		description: "With its sources and tests; of a hidden test only verdict, time and memory. Somebody else's is answered as if it were absent.",
		refusals:    []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}, g.getSubmissionOverHTTP)
}

// submit is the one way in for submissions, over HTTP and the WebSocket alike. It checks
// the program, counts it, and has it accepted. What is refused for a fault of its own does
// not count as a submission; a request sent again with its key does.
func (g *Gateway) submit(ctx context.Context, c *caller, q submitRequest, key string) (deemster.Submission, error) {
	none := deemster.Submission{}
	if err := loggedIn(c.user); err != nil {
		return none, err
	}
	if err := checkIdempotencyKey(key); err != nil {
		return none, err
	}
	problem, err := g.problem(ctx, q.Problem)
	if deemster.KindOf(err) == deemster.NotFound {
		return none, deemster.FieldErrorf("problem", "no such problem; GET /api/v1/problems lists them")
	}
	if err != nil {
		return none, err
	}
	language, err := g.languageFor(problem, q.Language)
	if err != nil {
		return none, err
	}
	files, err := q.sources(language)
	if err != nil {
		return none, err
	}
	err = g.count(ctx, headerOf(ctx), "submit", g.rates.Submit,
		accountKey("submit", c.user.ID), addressKey("submit", c.address))
	if err != nil {
		return none, err
	}
	s, err := askFor(ctx, g, bus.Accept, deemster.NewSubmission{
		UserID: c.user.ID, User: c.user.Handle,
		Problem: problem.Slug, ProblemVersion: problem.Version,
		Language: language.ID, Files: files,
		Lane: laneOf(c.user), IdempotencyKey: key,
	}, acceptTimeout)
	if err != nil {
		return none, err
	}
	g.metrics.accepted.Inc()
	return view(c.user, s), nil
}

// languageFor finds a language that submissions to a problem may be in.
func (g *Gateway) languageFor(p deemster.Problem, id string) (deemster.LanguageInfo, error) {
	switch {
	case p.Mode.SubmitAnswer && id == deemster.TextLanguage:
		return deemster.LanguageInfo{ID: id, Source: "answer.out"}, nil
	case p.Mode.SubmitAnswer:
		return deemster.LanguageInfo{}, deemster.FieldErrorf("language",
			"this problem asks for outputs: their language is %q, and each is called as its test, 1.out", deemster.TextLanguage)
	case p.Signature != nil:
		if err := signature.Offered(id); err != nil {
			return deemster.LanguageInfo{}, err
		}
	}
	return g.executors.language(id)
}

type submitInput struct {
	Key  string `header:"Idempotency-Key" doc:"Up to 128 visible ASCII characters of your choice. The same key with another request is a conflict."`
	Body submitRequest
}

type submitted struct {
	Location string `header:"Location" doc:"Where to read the submission."`
	Body     deemster.Submission
}

func (g *Gateway) submitOverHTTP(ctx context.Context, in *submitInput) (*submitted, error) {
	s, err := g.submit(ctx, callerOf(ctx), in.Body, in.Key)
	if err != nil {
		return nil, err
	}
	return &submitted{"/api/v1/submissions/" + url.PathEscape(s.ID), s}, nil
}

type submissionsInput struct {
	User     string `query:"user" maxLength:"32" doc:"By the user with this handle."`
	Problem  string `query:"problem" maxLength:"64" doc:"For the problem with this slug."`
	Verdict  string `query:"verdict" enum:"AC,WA,TLE,MLE,OLE,RE,CE,JE" doc:"With this verdict."`
	Language string `query:"language" maxLength:"32" doc:"In the language with this id."`
	Paging
}

func (g *Gateway) listSubmissions(ctx context.Context, in *submissionsInput) (*body[deemster.Page[deemster.Submission]], error) {
	u := callerOf(ctx).user
	if !maySeeAll(u) {
		if in.User != "" && !strings.EqualFold(in.User, u.Handle) {
			return pageOf(deemster.Page[deemster.Submission]{}), nil
		}
		in.User = u.Handle
	}
	page, err := ask(ctx, g, bus.ListSubmissions, deemster.SubmissionFilter{
		User: in.User, Problem: in.Problem, Verdict: deemster.Verdict(in.Verdict), Language: in.Language,
		Cursor: in.Cursor, Limit: in.Limit,
	})
	for i, s := range page.Items {
		page.Items[i] = view(u, s)
	}
	return pageOf(page), err
}

type submissionInput struct {
	ByID
	Wait string `query:"wait" maxLength:"16" doc:"Answer when it is done, or after this time at the latest: 10s; at most 60s." example:"10s"`
}

func (g *Gateway) getSubmissionOverHTTP(ctx context.Context, in *submissionInput) (*body[deemster.Submission], error) {
	wait, err := parseWait(in.Wait)
	if err != nil {
		return nil, err
	}
	s, err := g.await(ctx, callerOf(ctx).user, in.ID, wait)
	return &body[deemster.Submission]{s}, err
}

// parseWait reads "10s", or "10" for as many seconds.
func parseWait(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	if _, err := strconv.Atoi(s); err == nil {
		s += "s"
	}
	wait, err := time.ParseDuration(s)
	if err != nil || wait < 0 || wait > maxWait {
		return 0, deemster.FieldErrorf("wait", "want a time of 0s to %ds, as in 10s", wholeSeconds(maxWait))
	}
	return wait, nil
}
