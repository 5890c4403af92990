package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/deemster-oj/deemster"
)

const (
	loginPath  = "/api/v1/login"
	socketPath = "/api/v1/ws"
)

// bodyTime bounds how long a JSON body may take to come.
const bodyTime = 30 * time.Second

// call describes one call of the API.
type call struct {
	method, path string
	id           string // operation id, "submit"
	tag          string
	summary      string
	description  string
	may          permission
	takesJSON    bool
	status       int   // of success; 200 when 0
	refusals     []int // statuses it may be refused with, beside those of every call
}

// everyRefusal are the statuses that any call may be refused with.
var everyRefusal = []int{http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable}

// register makes a function answer a call.
func register[I, O any](g *Gateway, c call, answer func(context.Context, *I) (*O, error)) {
	huma.Register(g.api, g.operation(c), func(ctx context.Context, in *I) (*O, error) {
		out, err := answer(ctx, in)
		if err != nil {
			return nil, g.refuse(ctx, err)
		}
		return out, nil
	})
}

// operation is the call as huma and the OpenAPI document want it.
func (g *Gateway) operation(c call) huma.Operation {
	op := huma.Operation{
		Method: c.method, Path: c.path, OperationID: c.id, Tags: []string{c.tag},
		Summary: c.summary, Description: c.description, DefaultStatus: c.status,
		MaxBodyBytes: int64(maxBody), BodyReadTimeout: bodyTime,
		Middlewares: huma.Middlewares{g.require(c.may)},
		Responses:   map[string]*huma.Response{},
	}
	codes := append(slices.Clone(c.refusals), everyRefusal...)
	if c.may(nil) != nil {
		codes = append(codes, http.StatusUnauthorized)
		op.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	}
	if c.may(&deemster.User{Role: deemster.RoleUser}) != nil {
		codes = append(codes, http.StatusForbidden)
	}
	if c.method != http.MethodGet {
		codes = append(codes, http.StatusForbidden) // from another site
	}
	if c.takesJSON {
		codes = append(codes, http.StatusBadRequest, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity)
	}
	for _, code := range codes {
		op.Responses[strconv.Itoa(code)] = &huma.Response{
			Description: refusalMeaning[code],
			Content: map[string]*huma.MediaType{
				"application/problem+json": {Schema: &huma.Schema{Ref: "#/components/schemas/Refusal"}},
			},
		}
	}
	return op
}

// refusalMeaning says what each status means here.
var refusalMeaning = map[int]string{
	http.StatusBadRequest:            "The body is not JSON.",
	http.StatusUnauthorized:          "Not logged in, or the session or token has ended.",
	http.StatusForbidden:             "Not allowed to this role, or sent by another site's page.",
	http.StatusNotFound:              "Absent, or somebody else's.",
	http.StatusConflict:              "Taken, or the Idempotency-Key was used with another request.",
	http.StatusRequestEntityTooLarge: "Over a size limit, which the title names.",
	http.StatusUnsupportedMediaType:  "The body's media type is not the one this call takes.",
	http.StatusUnprocessableEntity:   "A field is wrong; field and title say which and why.",
	http.StatusTooManyRequests:       "Over a rate limit; Retry-After says when to try again.",
	http.StatusInternalServerError:   "Our fault. Operators find the cause in the log.",
	http.StatusServiceUnavailable:    "A part is away; Retry-After says when to try again.",
}

// newAPI makes huma's API on a mux, without its own pages, and with our errors.
func newAPI(mux *http.ServeMux) huma.API {
	format := huma.Format{Unmarshal: unmarshal, Marshal: marshal}
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	return humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Deemster", Version: "1",
				Description: apiDescription,
				License:     &huma.License{Name: "MIT", Identifier: "MIT"},
			},
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"session": {Type: "apiKey", In: "cookie", Name: cookiePlain, Description: "From POST /api/v1/login. Over TLS the cookie's name is " + cookieTLS + "."},
					"token":   {Type: "http", Scheme: "bearer", Description: "From POST /api/v1/tokens: dmst_…"},
				},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{scrub},
	})
}

const apiDescription = `Submit programs and read what the judge says of them.

Errors are RFC 9457 problems; they name the field at fault and the limit, and never repeat what was sent.
Unknown fields and query parameters are refused. Lists are pages: pass next_cursor as cursor to read on.

Requests are limited for each account and for each client address; RateLimit and RateLimit-Policy say where you stand.
A request that is refused because something in it is wrong does not count as a submission, but counts among the other requests.

Live progress comes over the WebSocket at /api/v1/ws, subprotocol deemster.v1.`

// marshal writes JSON for programs: without the escapes that HTML would need.
func marshal(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// unmarshal is called twice by huma for each body: first to look at it, then to have it.
func unmarshal(data []byte, v any) error {
	if _, look := v.(*any); look {
		return decodeJSON(data, v)
	}
	return json.Unmarshal(data, v)
}

// routes builds the whole handler.
func (g *Gateway) routes(site *site, withMetrics bool) (http.Handler, error) {
	apiMux := http.NewServeMux()
	g.api = newAPI(apiMux)
	g.api.OpenAPI().Components.Schemas.Schema(refusalType, true, "Refusal")
	g.registerAccounts()
	g.registerTokens()
	g.registerAdmin()
	g.registerProblems()
	g.registerSubmissions()
	g.registerRejudge()
	g.registerRuns()
	g.documentSocket()
	document, err := openAPIDocument(g.api.OpenAPI())
	if err != nil {
		return nil, err
	}
	apiMux.HandleFunc("GET "+socketPath, g.serveSocket)
	apiMux.HandleFunc("/", unknownCall(apiMux))

	mux := http.NewServeMux()
	mux.Handle("/api/", g.admitted(apiMux))
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(document) // the client may have gone
	})
	mux.Handle("GET /docs", docsPage())
	mux.Handle("GET /docs/", docsPage())
	mux.Handle("GET /healthz", g.ops)
	mux.Handle("GET /readyz", g.ops)
	if withMetrics {
		mux.Handle("GET /metrics", g.ops)
	}
	mux.Handle("/", site)
	return g.watched(mux), nil
}

// unknownCall answers what no other pattern of the mux takes: 405 with the methods there
// are, or 404.
func unknownCall(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			probe := &http.Request{Method: method, URL: r.URL, Host: r.Host}
			if _, pattern := mux.Handler(probe); strings.HasPrefix(pattern, method+" ") {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) == 0 {
			(&refusal{Title: "there is no such call; see /docs", Status: http.StatusNotFound}).write(w)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		(&refusal{Title: "this call takes " + strings.Join(allowed, " or "), Status: http.StatusMethodNotAllowed}).write(w)
	}
}

// operatorRoutes answer those who run the site.
func (g *Gateway) operatorRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), callTimeout)
		defer cancel()
		err := g.bus.Healthy()
		if err == nil {
			err = g.store.Healthy(ctx)
		}
		if err != nil {
			g.log.Warn("gateway: not ready", "err", err)
			w.Header().Set("Retry-After", "1")
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.Handle("GET /metrics", g.metrics.handler())
	return mux
}
