package gateway

import (
	"context"
	"net/http"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

func (g *Gateway) registerRejudge() {
	register(g, call{
		method: http.MethodPost, path: "/api/v1/submissions/{id}/rejudge", id: "rejudge", tag: "admin", may: administers,
		summary: "Judge a submission again",
		description: "Against the present version of its problem, behind all other submissions. " +
			"It is a new attempt; until it ends the submission has no verdict.",
		refusals: []int{http.StatusNotFound, http.StatusConflict},
	}, g.rejudge)
}

func (g *Gateway) rejudge(ctx context.Context, in *ByID) (*body[deemster.Submission], error) {
	by := callerOf(ctx).user
	s, err := ask(ctx, g, bus.GetSubmission, bus.ByID{ID: in.ID})
	if err != nil {
		return nil, err
	}
	problem, err := g.problem(ctx, s.Problem)
	if err != nil {
		return nil, err
	}
	s, err = ask(ctx, g, bus.RejudgeSubmission, bus.Rejudge{ID: s.ID, Version: problem.Version})
	if err != nil {
		return nil, err
	}
	g.log.Info("gateway: submission judged again", "submission", s.ID, "version", problem.Version, "by", by.ID)
	return &body[deemster.Submission]{s}, nil
}
