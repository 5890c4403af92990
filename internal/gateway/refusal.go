package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/deemster-oj/deemster"
)

// refusal is an error as people get it: the application/problem+json of RFC 9457 over
// HTTP, and the body of an "error" message over the WebSocket. It never repeats what was
// sent, since that may be a password.
type refusal struct {
	Title      string  `json:"title" doc:"What is wrong, in a sentence that names the limit and the remedy." example:"the source is over 64 KiB"`
	Status     int     `json:"status" doc:"The HTTP status." example:"422"`
	Field      string  `json:"field,omitempty" doc:"The field of the request at fault." example:"files[3].name"`
	RetryAfter int     `json:"retry_after,omitempty" doc:"Seconds after which to try again. Also in the Retry-After header." example:"12"`
	Errors     []fault `json:"errors,omitempty" doc:"Every field at fault, when there are several."`
}

// fault is one thing wrong with a request.
type fault struct {
	Field   string `json:"field" doc:"The field of the request at fault."`
	Message string `json:"message" doc:"What is wrong with it."`
}

// Error makes a refusal an error, as huma wants of what it answers with.
func (r *refusal) Error() string { return r.Title }

// GetStatus tells huma the HTTP status.
func (r *refusal) GetStatus() int { return r.Status }

// ContentType tells huma the media type of errors.
func (r *refusal) ContentType(string) string { return "application/problem+json" }

// GetHeaders tells huma the headers that go with the refusal.
func (r *refusal) GetHeaders() http.Header {
	h := http.Header{}
	if r.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(r.RetryAfter))
	}
	if r.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	return h
}

// statuses maps kinds of errors to HTTP: the one place that does.
var statuses = map[deemster.Kind]int{
	deemster.Internal:     http.StatusInternalServerError,
	deemster.Invalid:      http.StatusUnprocessableEntity,
	deemster.Unauthorized: http.StatusUnauthorized,
	deemster.Forbidden:    http.StatusForbidden,
	deemster.NotFound:     http.StatusNotFound,
	deemster.Conflict:     http.StatusConflict,
	deemster.Stale:        http.StatusPreconditionFailed,
	deemster.TooLarge:     http.StatusRequestEntityTooLarge,
	deemster.Limited:      http.StatusTooManyRequests,
	deemster.Unavailable:  http.StatusServiceUnavailable,
}

// refuse turns an error into what may be told of it. What may not be told is logged.
func (g *Gateway) refuse(ctx context.Context, err error) *refusal {
	if r := (*refusal)(nil); errors.As(err, &r) {
		return r
	}
	if deemster.KindOf(err) == deemster.Internal && errors.Is(err, context.DeadlineExceeded) {
		err = &deemster.Error{Kind: deemster.Unavailable, Title: "the judge is too busy; try again shortly", RetryAfter: time.Second, Cause: err}
	}
	public := deemster.PublicError(err)
	status, known := statuses[public.Kind]
	if !known {
		status = http.StatusInternalServerError
	}
	switch {
	case ctx.Err() != nil: // whoever asked has gone: nobody reads this
	case status == http.StatusInternalServerError:
		g.log.Error("gateway: request failed", "err", err)
	case status == http.StatusServiceUnavailable:
		g.log.Warn("gateway: a part is away", "err", err)
	}
	return &refusal{
		Title: public.Title, Status: status, Field: public.Field,
		RetryAfter: wholeSeconds(public.RetryAfter),
	}
}

// wholeSeconds rounds up: who waits that long will not be refused again.
func wholeSeconds(d time.Duration) int {
	return int(math.Ceil(d.Seconds()))
}

// write answers a plain HTTP request with the refusal.
func (r *refusal) write(w http.ResponseWriter) {
	for name, values := range r.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", r.ContentType(""))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(r.Status)
	if err := json.NewEncoder(w).Encode(r); err != nil {
		slog.Debug("gateway: refusal not delivered", "err", err)
	}
}

// scrub replaces huma's own errors by refusals. Huma's repeat the offending value, for an
// unknown field the whole body.
func scrub(_ huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	r := &refusal{Title: model.Detail, Status: model.Status}
	for _, detail := range model.Errors {
		if detail == nil {
			continue
		}
		r.Errors = append(r.Errors, faultOf(detail))
	}
	switch {
	case model.Status == http.StatusRequestEntityTooLarge:
		r.Title, r.Field = "the body is over "+maxBody.String(), "body"
	case model.Status == http.StatusUnsupportedMediaType:
		r.Title, r.Field, r.Errors = "send application/json", "Content-Type", nil
	case model.Status >= http.StatusInternalServerError:
		r.Title, r.Errors = "internal error", nil
	case len(r.Errors) > 0:
		r.Title, r.Field = r.Errors[0].Message, r.Errors[0].Field
	}
	if len(r.Errors) == 1 {
		r.Errors = nil
	}
	return r, nil
}

// faultOf names field and limit, and leaves the value out. Errors of decodeJSON come as
// text that begins with the field.
func faultOf(detail *huma.ErrorDetail) fault {
	f := fault{Field: fieldOf(detail.Location), Message: detail.Message}
	if field, message, ok := strings.Cut(detail.Message, ": "); ok && detail.Location == "body" {
		f = fault{Field: field, Message: message}
	}
	if name, ok := strings.CutPrefix(detail.Message, "expected required property "); ok {
		name = strings.TrimSuffix(name, " to be present")
		f = fault{Field: fieldOf(detail.Location + "." + name), Message: "this field is required"}
	}
	return f
}

// fieldOf turns huma's "body.files[0].name" into the name that the client used. The name
// of an unknown field comes from the client, so it is cut.
func fieldOf(location string) string {
	for _, where := range []string{"body.", "query.", "path.", "header."} {
		if rest, ok := strings.CutPrefix(location, where); ok {
			location = rest
			break
		}
	}
	const longest = 100
	if len(location) > longest {
		location = strings.ToValidUTF8(location[:longest], "") + "…"
	}
	return location
}
