// Package gateway is the role that speaks with people: HTTP and WebSocket. It knows who
// they are and what they may do, checks what they send, asks the other roles over the bus,
// passes on live events and serves the web app. It never runs or compiles anything.
//
// A request goes through these hands, outermost first:
//
//   - watched: recovers panics, writes security headers, counts and logs (middleware.go);
//   - the mux; for /api/ then: the cross-origin check, who is asking (session.go), the
//     rate limits (rate.go);
//   - huma: the permission (permission.go), and the form of the request;
//   - the call itself: account.go, admin.go, catalog.go, submission.go, run.go, socket.go.
//
// Errors become answers in one place, refusal.go. Who may do or see what is answered in
// one place, permission.go.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/store"
)

// How long the gateway waits for the other roles. Who asks hears within the second that a
// part is away.
const (
	callTimeout   = time.Second
	acceptTimeout = 5 * time.Second // it writes to the disk; giving up would not undo it
	importTimeout = 5 * time.Minute
)

// Config is what a gateway needs. Store, Bus, Blobs and Log must be set.
type Config struct {
	Store *store.Store
	Bus   *bus.Bus
	Blobs blob.Store
	Web   fs.FS // the built web app; it may lack an index.html
	Log   *slog.Logger
	Clock func() time.Time // time.Now when nil

	Rates          Rates
	TrustedProxies []netip.Prefix
	AdminPassword  deemster.Secret // of the first start's admin; empty to have one generated
	SecureCookies  bool            // when TLS ends at a proxy that does not say so
	// OpsElsewhere leaves /metrics out of Handler, for when Ops is served at an address
	// of its own.
	OpsElsewhere bool
}

// Gateway is one gateway. Any number may work side by side.
type Gateway struct {
	store         *store.Store
	bus           *bus.Bus
	blobs         blob.Store
	log           *slog.Logger
	clock         func() time.Time
	rates         Rates
	proxies       proxies
	adminPassword deemster.Secret
	secureCookies bool

	limiter   *limiter
	passwords *passwords
	executors *executors
	runs      *runs
	hub       *hub
	sockets   *sockets
	metrics   *metrics
	csrf      *http.CrossOriginProtection
	api       huma.API
	handler   http.Handler
	ops       http.Handler
	stopping  chan struct{} // closed when Run ends
}

// New makes a gateway. It declares on the bus where requests are counted, and does nothing more
// until Run and Handler are used.
func New(c Config) (*Gateway, error) {
	if c.Store == nil || c.Bus == nil || c.Blobs == nil || c.Log == nil {
		return nil, errors.New("gateway: Store, Bus, Blobs and Log must be set")
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	numbers, err := c.Bus.Numbers(ctx)
	if err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	g := &Gateway{
		store: c.Store, bus: c.Bus, blobs: c.Blobs, log: c.Log, clock: c.Clock,
		rates: c.Rates, proxies: c.TrustedProxies,
		adminPassword: c.AdminPassword, secureCookies: c.SecureCookies,
		limiter:   newLimiter(numbers, c.Clock),
		passwords: newPasswords(),
		executors: newExecutors(c.Clock),
		runs:      newRuns(c.Clock),
		sockets:   newSockets(),
		csrf:      http.NewCrossOriginProtection(),
		stopping:  make(chan struct{}),
	}
	g.hub = newHub(g.getSubmission, c.Clock)
	g.metrics = newMetrics(g.sockets)
	site, err := newSite(c.Web)
	if err != nil {
		return nil, err
	}
	g.ops = g.operatorRoutes()
	if g.handler, err = g.routes(site, !c.OpsElsewhere); err != nil {
		return nil, err
	}
	return g, nil
}

// Handler answers everything that people ask.
func (g *Gateway) Handler() http.Handler { return g.handler }

// Ops answers what operators ask: /healthz, /readyz and /metrics.
func (g *Gateway) Ops() http.Handler { return g.ops }

// Server is an HTTP server for the handler, with the limits that a server on the open
// internet needs. Limits for a single request are set where it is handled.
func (g *Gateway) Server(addr string) *http.Server {
	return &http.Server{
		Addr: addr, Handler: g.handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(g.log.Handler(), slog.LevelDebug),
	}
}

// Run hears events, executors and revocations, and removes what has expired, until ctx
// ends. Then it closes all sockets and ends all long polls.
func (g *Gateway) Run(ctx context.Context) error {
	defer g.sockets.closeAll()
	defer close(g.stopping)
	err := errors.Join(
		g.bus.Events(ctx, func(e deemster.Event) { g.hub.hear(ctx, e) }),
		g.bus.Revocations(ctx, g.sockets.revoke),
		g.bus.Executors(ctx, g.heardExecutor),
		g.serveRuns(ctx),
	)
	if err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { g.hub.recheck(ctx); return nil })
	group.Go(func() error { g.recheckSockets(ctx); return nil })
	group.Go(func() error { g.removeExpired(ctx); return nil })
	return group.Wait()
}

// removeExpired removes sessions and tokens that have ended, now and then every hour.
func (g *Gateway) removeExpired(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		n, err := g.store.DeleteExpired(ctx, g.clock())
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			g.log.Warn("gateway: expired sessions not removed", "err", err)
		case n > 0:
			g.log.Debug("gateway: expired sessions and tokens removed", "count", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// EnsureAdmin makes the account admin when there is no account at all. It answers with
// its password, given or generated, so that it can be shown once; made is false when
// nothing had to be done.
func (g *Gateway) EnsureAdmin(ctx context.Context) (password string, made bool, err error) {
	n, err := g.store.CountUsers(ctx)
	if err != nil || n > 0 {
		return "", false, err
	}
	password = string(g.adminPassword)
	if password == "" {
		password, _ = newCredential("")
		password = password[:20] // 120 random bits
	} else if err := checkPassword("the administrator's password", password); err != nil {
		return "", false, err
	}
	hash, err := g.passwords.hash(ctx, password)
	if err != nil {
		return "", false, err
	}
	_, err = g.addUser(ctx, store.Account{
		User:         deemster.User{Handle: "admin", Role: deemster.RoleAdmin, Plan: deemster.PlanFree},
		PasswordHash: hash,
	})
	if deemster.KindOf(err) == deemster.Conflict {
		return "", false, nil // another gateway was quicker
	}
	return password, err == nil, err
}

// addUser stores a new account under a new id.
func (g *Gateway) addUser(ctx context.Context, a store.Account) (deemster.User, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return deemster.User{}, fmt.Errorf("gateway: make an id: %w", err)
	}
	a.ID, a.CreatedAt = id.String(), g.clock().UTC().Truncate(time.Microsecond)
	if err := g.store.AddUser(ctx, a); err != nil {
		return deemster.User{}, err
	}
	return a.User, nil
}

// ask calls another role, and waits as long as people like to be kept waiting.
func ask[Q, A any](ctx context.Context, g *Gateway, e bus.Endpoint[Q, A], question Q) (A, error) {
	return askFor(ctx, g, e, question, callTimeout)
}

func askFor[Q, A any](ctx context.Context, g *Gateway, e bus.Endpoint[Q, A], question Q, atMost time.Duration) (A, error) {
	if err := g.bus.Healthy(); err != nil {
		var none A
		return none, &deemster.Error{
			Kind: deemster.Unavailable, Title: "a part of the judge is away; try again shortly",
			RetryAfter: time.Second, Cause: err,
		}
	}
	ctx, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	return bus.Call(ctx, g.bus, e, question)
}

// looksLikeID saves asking for what can be no id.
func looksLikeID(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }
