package gateway

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/store"
)

// body is an answer that is JSON and nothing else.
type body[T any] struct{ Body T }

// nothing is the input of a call without parameters, and the output of one without a body.
type nothing struct{}

// withCookie is an answer that sets the session's cookie.
type withCookie struct {
	Cookie string `header:"Set-Cookie" doc:"The session."`
	Body   deemster.User
}

func (g *Gateway) registerAccounts() {
	register(g, call{
		method: http.MethodPost, path: "/api/v1/register", id: "register", tag: "account", may: anyone, takesJSON: true, status: http.StatusCreated,
		summary: "Make an account", refusals: []int{http.StatusConflict},
		description: "A handle has 2 to 32 characters of A-Z a-z 0-9 _ -; a password 8 to 256 bytes. Log in afterwards.",
	}, g.register)
	register(g, call{
		method: http.MethodPost, path: loginPath, id: "login", tag: "account", may: anyone, takesJSON: true,
		summary:     "Log in",
		description: "Answers with a session cookie that lasts 30 days. A wrong password and an unknown handle are answered alike.",
		refusals:    []int{http.StatusUnauthorized},
	}, g.login)
	register(g, call{
		method: http.MethodPost, path: "/api/v1/logout", id: "logout", tag: "account", may: loggedIn, status: http.StatusNoContent,
		summary: "Log out", refusals: []int{http.StatusUnprocessableEntity},
		description: "Ends this session, and closes its WebSockets within a second. A token is ended by DELETE /api/v1/tokens/{id}.",
	}, g.logout)
	register(g, call{
		method: http.MethodGet, path: "/api/v1/me", id: "me", tag: "account", may: loggedIn,
		summary: "Read your account",
	}, func(ctx context.Context, _ *nothing) (*body[deemster.User], error) {
		return &body[deemster.User]{*callerOf(ctx).user}, nil
	})
	register(g, call{
		method: http.MethodPatch, path: "/api/v1/me", id: "change-me", tag: "account", may: loggedIn, takesJSON: true,
		summary:     "Change your e-mail address or password",
		description: "Takes the current password. A new password ends all sessions; this one is replaced by a new one.",
		refusals:    []int{http.StatusConflict},
	}, g.changeMe)
}

type registerInput struct {
	Body struct {
		Handle   string `json:"handle" doc:"2 to 32 characters of A-Z a-z 0-9 _ -" example:"ada"`
		Email    string `json:"email" doc:"At most 254 bytes." example:"ada@example.org"`
		Password string `json:"password" doc:"8 to 256 bytes."`
	}
}

func (g *Gateway) register(ctx context.Context, in *registerInput) (*body[deemster.User], error) {
	if err := checkHandle(in.Body.Handle); err != nil {
		return nil, err
	}
	if err := checkEmail(in.Body.Email); err != nil {
		return nil, err
	}
	if err := checkPassword("password", in.Body.Password); err != nil {
		return nil, err
	}
	// Hashing comes first whether the handle is taken or not: it is what takes the time.
	hash, err := g.passwords.hash(ctx, in.Body.Password)
	if err != nil {
		return nil, err
	}
	user, err := g.addUser(ctx, store.Account{
		User: deemster.User{
			Handle: in.Body.Handle, Email: in.Body.Email, Role: deemster.RoleUser, Plan: deemster.PlanFree,
		},
		PasswordHash: hash,
	})
	if err != nil {
		return nil, err
	}
	g.log.Info("gateway: account made", "user", user.ID)
	return &body[deemster.User]{user}, nil
}

type loginInput struct {
	Body struct {
		Handle   string `json:"handle" example:"ada" doc:"Your handle, however spelled."`
		Password string `json:"password" doc:"Your password."`
	}
}

func (g *Gateway) login(ctx context.Context, in *loginInput) (*withCookie, error) {
	wrong := deemster.Errorf(deemster.Unauthorized, "wrong handle or password")
	if checkHandle(in.Body.Handle) != nil || len(in.Body.Password) > maxPassword {
		return nil, wrong // says nothing of who has an account: none can have this one
	}
	key := accountKey("login", strings.ToLower(in.Body.Handle))
	if err := g.count(ctx, headerOf(ctx), "login", g.rates.Login, key); err != nil {
		return nil, err
	}
	account, err := g.store.UserByHandle(ctx, in.Body.Handle)
	if err != nil && deemster.KindOf(err) != deemster.NotFound {
		return nil, err
	}
	right, outdated, err := g.passwords.verify(ctx, account.PasswordHash, in.Body.Password)
	switch {
	case err != nil:
		return nil, err
	case !right:
		return nil, wrong
	case account.Disabled:
		return nil, deemster.Errorf(deemster.Forbidden, "this account is disabled; ask an administrator")
	}
	if outdated {
		if account.PasswordHash, err = g.passwords.hash(ctx, in.Body.Password); err != nil {
			return nil, err
		}
		if err := g.store.SetUser(ctx, account); err != nil {
			return nil, err
		}
	}
	cookie, err := g.startSession(ctx, account.User)
	if err != nil {
		return nil, err
	}
	return &withCookie{cookie, account.User}, nil
}

type cookieOnly struct {
	Cookie string `header:"Set-Cookie" doc:"The session, ended."`
}

func (g *Gateway) logout(ctx context.Context, _ *nothing) (*cookieOnly, error) {
	c := callerOf(ctx)
	if c.session == "" {
		return nil, deemster.Errorf(deemster.Invalid, "a token is not logged out: delete it with DELETE /api/v1/tokens/{id}")
	}
	if err := g.store.DeleteSession(ctx, c.session); err != nil {
		return nil, err
	}
	g.revoke(bus.Revocation{Session: c.session})
	return &cookieOnly{sessionCookie(c.secure, "", -time.Second)}, nil
}

// revoke closes what a log-in has open here, and tells the other gateways to.
func (g *Gateway) revoke(r bus.Revocation) {
	g.sockets.revoke(r)
	g.bus.Revoke(r)
}

type changeMeInput struct {
	Body struct {
		CurrentPassword string `json:"current_password" doc:"The password up to now."`
		Email           string `json:"email,omitempty" doc:"The new address; left out, it stays."`
		Password        string `json:"password,omitempty" doc:"The new password, 8 to 256 bytes; left out, it stays."`
	}
}

type changedMe struct {
	Cookie string `header:"Set-Cookie" doc:"A new session, when the password was changed."`
	Body   deemster.User
}

func (g *Gateway) changeMe(ctx context.Context, in *changeMeInput) (*changedMe, error) {
	c := callerOf(ctx)
	if err := g.count(ctx, headerOf(ctx), "login", g.rates.Login, accountKey("login", strings.ToLower(c.user.Handle))); err != nil {
		return nil, err
	}
	account, err := g.store.UserByID(ctx, c.user.ID)
	if err != nil {
		return nil, err
	}
	if len(in.Body.CurrentPassword) > maxPassword {
		return nil, deemster.FieldErrorf("current_password", "this is not the current password")
	}
	right, _, err := g.passwords.verify(ctx, account.PasswordHash, in.Body.CurrentPassword)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, deemster.FieldErrorf("current_password", "this is not the current password")
	}
	if in.Body.Email != "" {
		if err := checkEmail(in.Body.Email); err != nil {
			return nil, err
		}
		account.Email = in.Body.Email
	}
	if in.Body.Password != "" {
		if err := checkPassword("password", in.Body.Password); err != nil {
			return nil, err
		}
		if account.PasswordHash, err = g.passwords.hash(ctx, in.Body.Password); err != nil {
			return nil, err
		}
	}
	if err := g.store.SetUser(ctx, account); err != nil {
		return nil, err
	}
	out := &changedMe{Body: account.User}
	if in.Body.Password != "" {
		if err := g.endSessions(ctx, account.ID); err != nil {
			return nil, err
		}
		if c.session != "" {
			if out.Cookie, err = g.startSession(ctx, account.User); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// endSessions ends all of a user's sessions and closes everything it has open. Tokens
// stay good; a socket opened with one can be opened again.
func (g *Gateway) endSessions(ctx context.Context, userID string) error {
	if err := g.store.DeleteUserSessions(ctx, userID); err != nil {
		return err
	}
	g.revoke(bus.Revocation{User: userID})
	return nil
}

func (g *Gateway) registerTokens() {
	register(g, call{
		method: http.MethodGet, path: "/api/v1/tokens", id: "list-tokens", tag: "account", may: loggedIn,
		summary: "List your tokens", description: "Never the tokens themselves.",
	}, func(ctx context.Context, _ *nothing) (*body[deemster.Page[deemster.Token]], error) {
		tokens, err := g.store.Tokens(ctx, callerOf(ctx).user.ID)
		return &body[deemster.Page[deemster.Token]]{deemster.Page[deemster.Token]{Items: tokens}}, err
	})
	register(g, call{
		method: http.MethodPost, path: "/api/v1/tokens", id: "make-token", tag: "account", may: loggedIn, takesJSON: true, status: http.StatusCreated,
		summary:     "Make a token",
		description: "The token is in this answer and never shown again. Send it as Authorization: Bearer dmst_…; an account has at most 50.",
		refusals:    []int{http.StatusConflict},
	}, g.makeToken)
	register(g, call{
		method: http.MethodDelete, path: "/api/v1/tokens/{id}", id: "delete-token", tag: "account", may: loggedIn, status: http.StatusNoContent,
		summary: "End a token", description: "Closes its WebSockets within a second.", refusals: []int{http.StatusNotFound},
	}, g.deleteToken)
}

type makeTokenInput struct {
	Body struct {
		Name      string     `json:"name" doc:"What it is for, at most 64 bytes." example:"laptop"`
		ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When it ends; left out, never."`
	}
}

// newToken is a token with its secret, which is told this once.
type newToken struct {
	deemster.Token
	Secret string `json:"token" doc:"The token. It can't be read again." example:"dmst_…"`
}

func (g *Gateway) makeToken(ctx context.Context, in *makeTokenInput) (*body[newToken], error) {
	user, now := callerOf(ctx).user, g.clock().UTC().Truncate(time.Microsecond)
	name := strings.TrimSpace(in.Body.Name)
	if name == "" || len(name) > maxTokenName {
		return nil, deemster.FieldErrorf("name", "a token's name has 1 to %d bytes", maxTokenName)
	}
	if in.Body.ExpiresAt != nil && !in.Body.ExpiresAt.After(now) {
		return nil, deemster.FieldErrorf("expires_at", "this is not in the future")
	}
	have, err := g.store.Tokens(ctx, user.ID)
	if err != nil {
		return nil, err
	}
	if len(have) >= maxTokens {
		return nil, deemster.Errorf(deemster.Conflict, "an account has at most %d tokens; delete one first", maxTokens)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	secret, hash := newCredential(tokenPrefix)
	token := deemster.Token{ID: id.String(), Name: name, CreatedAt: now, ExpiresAt: in.Body.ExpiresAt}
	if err := g.store.AddToken(ctx, store.APIToken{Token: token, UserID: user.ID, Hash: hash}); err != nil {
		return nil, err
	}
	return &body[newToken]{newToken{token, secret}}, nil
}

// ByID is the input of calls about one thing. It is exported for huma, which looks into
// no other embedded struct.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The id."`
}

func (g *Gateway) deleteToken(ctx context.Context, in *ByID) (*nothing, error) {
	if err := g.store.DeleteToken(ctx, callerOf(ctx).user.ID, in.ID); err != nil {
		return nil, err
	}
	g.revoke(bus.Revocation{Token: in.ID})
	return &nothing{}, nil
}
