package gateway

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/store"
)

// sessionTime is how long a log-in lasts.
const sessionTime = 30 * 24 * time.Hour

// Cookie names. Browsers accept the __Host- prefix over TLS only, and then let no other
// host, path or plain connection set the cookie.
const (
	cookiePlain = "deemster_session"
	cookieTLS   = "__Host-" + cookiePlain
)

// caller is who makes a request, and how.
type caller struct {
	user      *deemster.User // nil: not logged in
	session   string         // hash of the session's secret, when by cookie
	tokenHash string         // hash of the token, when by token
	token     string         // its id
	address   netip.Addr
	agent     string
	secure    bool // the client's connection is encrypted
}

type callerKey struct{}

// callerOf finds who makes the request; authenticate has put it there.
func callerOf(ctx context.Context) *caller {
	c, ok := ctx.Value(callerKey{}).(*caller)
	if !ok {
		return &caller{}
	}
	return c
}

// identify finds who makes a request. A session that has ended makes somebody who is not
// logged in; a bad token is an error, since whoever sends one means it.
func (g *Gateway) identify(r *http.Request) (*caller, error) {
	c := &caller{
		address: g.proxies.client(r),
		agent:   r.UserAgent(),
		secure:  g.secureCookies || g.proxies.overTLS(r),
	}
	ctx, cancel := context.WithTimeout(r.Context(), callTimeout)
	defer cancel()
	if bearer, ok := bearerToken(r); ok {
		c.tokenHash = hashCredential(bearer)
	} else if cookie, err := r.Cookie(cookieName(c.secure)); err == nil && cookie.Value != "" {
		c.session = hashCredential(cookie.Value)
	}
	err := g.recognise(ctx, c)
	switch {
	case deemster.KindOf(err) == deemster.Unauthorized && c.session != "":
		c.user, c.session = nil, ""
	case err != nil:
		return nil, err
	}
	return c, nil
}

// recognise looks up whose the caller's session or token is now. It is Unauthorized when
// that has ended or the account is disabled.
func (g *Gateway) recognise(ctx context.Context, c *caller) error {
	var user deemster.User
	var err error
	switch {
	case c.session != "":
		user, err = g.store.SessionUser(ctx, c.session, g.clock())
	case c.tokenHash != "":
		var token deemster.Token
		user, token, err = g.store.TokenUser(ctx, c.tokenHash, g.clock())
		c.token = token.ID
	default:
		return nil
	}
	if deemster.KindOf(err) == deemster.NotFound || err == nil && user.Disabled {
		return deemster.Errorf(deemster.Unauthorized, "this session or token has ended, or its account is disabled")
	}
	if err != nil {
		return err
	}
	c.user = &user
	return nil
}

func bearerToken(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

func cookieName(secure bool) string {
	if secure {
		return cookieTLS
	}
	return cookiePlain
}

// startSession makes a session for the user and the Set-Cookie header that carries it.
func (g *Gateway) startSession(ctx context.Context, user deemster.User) (string, error) {
	c := callerOf(ctx)
	secret, hash := newCredential("")
	now := g.clock()
	err := g.store.AddSession(ctx, store.Session{
		Hash: hash, UserID: user.ID, CreatedAt: now, ExpiresAt: now.Add(sessionTime),
		UserAgent: c.agent, Address: c.address.String(),
	})
	if err != nil {
		return "", err
	}
	return sessionCookie(c.secure, secret, sessionTime), nil
}

// sessionCookie is the header that carries a session's secret; a negative age makes
// browsers forget it.
func sessionCookie(secure bool, secret string, age time.Duration) string {
	cookie := http.Cookie{
		Name: cookieName(secure), Value: secret, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
	return cookie.String()
}
