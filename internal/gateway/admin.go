package gateway

import (
	"context"
	"net/http"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

func (g *Gateway) registerAdmin() {
	register(g, call{
		method: http.MethodGet, path: "/api/v1/admin/users", id: "list-users", tag: "admin", may: administers,
		summary: "List the accounts", description: "In the order of their handles.", refusals: []int{http.StatusUnprocessableEntity},
	}, g.listUsers)
	register(g, call{
		method: http.MethodPatch, path: "/api/v1/admin/users/{handle}", id: "change-user", tag: "admin", may: administers, takesJSON: true,
		summary:     "Change an account",
		description: "Its role, plan, or whether it is disabled. Disabling ends its sessions and closes its WebSockets within a second. Nobody disables or demotes the own account.",
		refusals:    []int{http.StatusNotFound, http.StatusConflict},
	}, g.changeUser)
	register(g, call{
		method: http.MethodGet, path: "/api/v1/admin/executors", id: "list-executors", tag: "admin", may: administers,
		summary: "List the executors", description: "Those heard of in the last 15 seconds.",
	}, func(context.Context, *nothing) (*body[deemster.Page[deemster.ExecutorInfo]], error) {
		return pageOf(deemster.Page[deemster.ExecutorInfo]{Items: g.executors.alive()}), nil
	})
	register(g, call{
		method: http.MethodGet, path: "/api/v1/admin/queue", id: "queue", tag: "admin", may: administers,
		summary: "Look at the queue", description: "Lane by lane, most urgent first.",
	}, g.queue)
}

func (g *Gateway) listUsers(ctx context.Context, in *Paging) (*body[deemster.Page[deemster.User]], error) {
	users, err := g.store.Users(ctx, in.Cursor, in.Limit+1)
	if err != nil {
		return nil, err
	}
	page := deemster.Page[deemster.User]{Items: users}
	if len(users) > in.Limit {
		page.Items = users[:in.Limit]
		page.NextCursor = page.Items[in.Limit-1].Handle
	}
	return pageOf(page), nil
}

type changeUserInput struct {
	Handle string `path:"handle" maxLength:"32" doc:"The account's handle, however spelled."`
	Body   struct {
		Role     *deemster.Role `json:"role,omitempty" enum:"user,setter,admin" doc:"The new role; left out, it stays."`
		Plan     *deemster.Plan `json:"plan,omitempty" enum:"free,premium" doc:"The new plan; left out, it stays."`
		Disabled *bool          `json:"disabled,omitempty" doc:"Whether the account may not be used; left out, it stays."`
	}
}

func (g *Gateway) changeUser(ctx context.Context, in *changeUserInput) (*body[deemster.User], error) {
	by := callerOf(ctx).user
	account, err := g.store.UserByHandle(ctx, in.Handle)
	if err != nil {
		return nil, err
	}
	if in.Body.Role != nil {
		account.Role = *in.Body.Role
	}
	if in.Body.Plan != nil {
		account.Plan = *in.Body.Plan
	}
	if in.Body.Disabled != nil {
		account.Disabled = *in.Body.Disabled
	}
	if account.ID == by.ID && (account.Disabled || account.Role != deemster.RoleAdmin) {
		return nil, deemster.Errorf(deemster.Conflict, "you can't disable or demote your own account; let another administrator do it")
	}
	if err := g.store.SetUser(ctx, account); err != nil {
		return nil, err
	}
	g.log.Info("gateway: account changed", "user", account.ID, "by", by.ID,
		"role", account.Role, "plan", account.Plan, "disabled", account.Disabled)
	if account.Disabled {
		err = g.endSessions(ctx, account.ID)
	} else {
		g.revoke(bus.Revocation{User: account.ID}) // what is open was opened with the old role
	}
	return &body[deemster.User]{account.User}, err
}

// laneDepth is how full a lane is.
type laneDepth struct {
	Lane    deemster.Lane `json:"lane" doc:"The lane."`
	Waiting int           `json:"waiting" doc:"Submissions that wait."`
	Working int           `json:"working" doc:"Submissions that an executor holds."`
}

func (g *Gateway) queue(ctx context.Context, _ *nothing) (*body[deemster.Page[laneDepth]], error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var page deemster.Page[laneDepth]
	for _, lane := range deemster.Lanes {
		waiting, working, err := g.bus.Depth(ctx, lane)
		if err != nil {
			return nil, &deemster.Error{Kind: deemster.Unavailable, Title: "the queue can't be read now; try again shortly", RetryAfter: callTimeout, Cause: err}
		}
		page.Items = append(page.Items, laneDepth{lane, waiting, working})
	}
	return pageOf(page), nil
}
