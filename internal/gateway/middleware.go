package gateway

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/deemster-oj/deemster"
)

// answerTime bounds reading a request and writing its answer, long polls included.
// Packages may take longer.
const answerTime = 2 * time.Minute

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController find deadlines and hijacking.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// watched is around everything: it turns a panic into a 500, writes the headers that all
// answers have, counts and logs. Neither query nor headers nor bodies are logged: there
// may be secrets in them.
func (g *Gateway) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				g.log.Error("gateway: panic", "panic", p, "stack", string(debug.Stack()))
				if rec.status == 0 {
					g.refuse(r.Context(), errors.New("panic")).write(rec)
				}
			}
			took := time.Since(start)
			g.metrics.request(r, rec.status, took)
			g.log.Debug("gateway: request", "method", r.Method, "route", routeOf(r), "status", rec.status, "ms", took.Milliseconds())
		}()
		h := rec.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		if g.secureCookies || g.proxies.overTLS(r) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		// Not every ResponseWriter has deadlines; those of the server do.
		control := http.NewResponseController(rec)
		_ = control.SetReadDeadline(start.Add(answerTime))
		_ = control.SetWriteDeadline(start.Add(answerTime))
		next.ServeHTTP(rec, r)
	})
}

// routeOf is the pattern that the mux matched: few values, and no ids.
func routeOf(r *http.Request) string {
	if _, path, ok := strings.Cut(r.Pattern, " "); ok {
		return path
	}
	return r.Pattern
}

// admitted is around the API: it refuses what another site makes a browser send, finds
// out who asks, and counts the request.
func (g *Gateway) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if err := g.csrf.Check(r); err != nil {
			(&refusal{Title: "this request comes from another site", Status: http.StatusForbidden}).write(w)
			return
		}
		c, err := g.identify(r)
		if err != nil {
			g.refuse(r.Context(), err).write(w)
			return
		}
		class, rate := "other", g.rates.Other
		if r.URL.Path == loginPath {
			class, rate = "login", g.rates.Login
		}
		keys := []string{addressKey(class, c.address)}
		if c.user != nil && class == "other" {
			keys = append(keys, accountKey(class, c.user.ID))
		}
		if err := g.count(r.Context(), w.Header(), class, rate, keys...); err != nil {
			g.refuse(r.Context(), err).write(w)
			return
		}
		ctx := context.WithValue(r.Context(), callerKey{}, c)
		ctx = context.WithValue(ctx, headerKey{}, w.Header())
		inner := r.WithContext(ctx)
		next.ServeHTTP(w, inner)
		r.Pattern = inner.Pattern // for the log and the metrics
	})
}

// headerKey finds the answer's headers, so that a limit counted late can be told there.
type headerKey struct{}

func headerOf(ctx context.Context) http.Header {
	if h, ok := ctx.Value(headerKey{}).(http.Header); ok {
		return h
	}
	return http.Header{}
}

// count uses a rate once for each key, says so in the headers, and is Limited when the
// rate is used up.
func (g *Gateway) count(ctx context.Context, h http.Header, class string, rate Rate, keys ...string) error {
	d, err := g.limiter.take(ctx, rate, keys...)
	if err != nil {
		return err
	}
	d.header(h, class, rate)
	if d.allowed {
		return nil
	}
	g.metrics.limited.WithLabelValues(class).Inc()
	return &deemster.Error{
		Kind: deemster.Limited, RetryAfter: d.retry,
		Title: "over the limit of " + rate.String() + " (" + class + "); try again later",
	}
}

// require is a permission as huma's middleware, so that it is asked before anything is
// read of the request.
func (g *Gateway) require(may permission) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := may(callerOf(ctx.Context()).user); err != nil {
			_, w := humago.Unwrap(ctx)
			g.refuse(ctx.Context(), err).write(w)
			return
		}
		next(ctx)
	}
}
