package gateway

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestProblems(t *testing.T) {
	s := newTestSite(t, nil)
	anybody := s.client()
	if got := anybody.want(200, "GET", "/api/v1/problems?q=a", nil); !strings.Contains(got.text, `"slug":"aplusb"`) {
		t.Errorf("problems: %s", got.text)
	}
	if got := anybody.want(200, "GET", "/api/v1/problems?q=zzz", nil); got.text != "{\"items\":[]}\n" {
		t.Errorf("an empty page: %q", got.text)
	}
	got := anybody.want(200, "GET", "/api/v1/problems/aplusb", nil)
	if got.json["title"] == nil || len(got.json["samples"].([]any)) == 0 || got.json["$schema"] != nil || got.header.Get("Link") != "" {
		t.Errorf("problem: %.300s", got.text)
	}
	anybody.want(404, "GET", "/api/v1/problems/nope", nil)
	anybody.want(404, "GET", "/api/v1/problems/..%2f..%2fetc", nil)
	if got := anybody.want(200, "GET", "/api/v1/languages", nil); !strings.Contains(got.text, "install openjdk-17") {
		t.Errorf("languages: %s", got.text)
	}
}

func TestPackages(t *testing.T) {
	s := newTestSite(t, nil)
	admin, ada := s.admin(), s.user("ada")
	packed := zipped(t, "stationsign")
	s.client().want(401, "POST", "/api/v1/packages", packed)
	ada.want(403, "POST", "/api/v1/packages", packed)
	admin.want(200, "PATCH", "/api/v1/admin/users/ada", object{"role": "setter"})
	made := ada.want(201, "POST", "/api/v1/packages", packed)
	if made.json["slug"] != "stationsign" || made.json["version"] != 1.0 || made.json["warnings"] == nil {
		t.Errorf("imported: %s", made.text)
	}
	ada.want(201, "POST", "/api/v1/packages?slug=another", packed)
	ada.want(200, "GET", "/api/v1/problems/another", nil)

	picture := s.client().want(200, "GET", "/api/v1/problems/stationsign/pictures/board.svg", nil)
	if picture.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(picture.header.Get("Content-Security-Policy"), "sandbox") ||
		!strings.Contains(picture.header.Get("Content-Security-Policy"), "default-src 'none'") ||
		picture.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(picture.text, "<svg") {
		t.Errorf("picture: %v %.100s", picture.header, picture.text)
	}
	for _, path := range []string{"stationsign/pictures/none.png", "stationsign/pictures/..%2fproblem.yaml", "nope/pictures/board.svg"} {
		s.client().want(404, "GET", "/api/v1/problems/"+path, nil)
	}
	for name, content := range map[string][]byte{"empty": {}, "no zip": []byte("hello"), "cut": packed[:len(packed)/2]} {
		if got := ada.do("POST", "/api/v1/packages", content); got.status < 400 || got.status >= 500 {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	if got := ada.want(422, "POST", "/api/v1/packages?slug=..%2fx", packed); got.json["field"] != "slug" {
		t.Errorf("slug: %s", got.text)
	}
	r, err := http.NewRequest("POST", s.server.URL+"/api/v1/packages", io.LimitReader(zeros{}, int64(maxPackage)+1))
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(maxPackage) + 1
	r.Header.Set("Expect", "100-continue")
	response, err := ada.http.Do(r)
	if err != nil || response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a package over the limit: %v, %v", response, err)
	}
	if err == nil {
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if !strings.Contains(string(text), "512 MiB") {
			t.Errorf("the limit is not named: %s", text)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A validation error names the field and never what was sent, and neither does the log:
// newTestSite looks for the secrets there.
func TestErrorsRepeatNothing(t *testing.T) {
	s := newTestSite(t, nil)
	c := s.client()
	password := s.secret("correct-horse-battery")
	for name, content := range map[string]any{
		"unknown field": object{"handle": "ada", "email": "a@b.c", "password": password, "admin": true},
		"wrong type":    object{"handle": "ada", "email": "a@b.c", "password": []string{password}},
		"missing field": object{"handle": "ada", "password": password},
		"not JSON":      `{"password":"` + password + `"`,
		"bad handle":    object{"handle": "a da", "email": "a@b.c", "password": password},
		"a list":        []string{password},
		"bad email":     object{"handle": "ada", "email": password, "password": password},
	} {
		got := c.do("POST", "/api/v1/register", content)
		if got.status < 400 || got.status >= 500 || strings.Contains(got.text, password) || got.json["title"] == "" {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	c.want(401, "GET", "/api/v1/me?x="+password, nil)
	c.do("GET", "/?token="+password, nil)
	c.want(401, "GET", "/api/v1/me", nil, "Authorization", "Bearer "+password)
}

func TestUnknownCalls(t *testing.T) {
	s := newTestSite(t, nil)
	c := s.client()
	c.want(404, "GET", "/api/v1/nothing", nil)
	c.want(404, "GET", "/api/", nil)
	got := c.want(405, "DELETE", "/api/v1/login", nil)
	if got.header.Get("Allow") != "POST" {
		t.Errorf("Allow: %q", got.header.Get("Allow"))
	}
	if got := c.do("POST", "/", "{}"); got.status != 405 {
		t.Errorf("POST /: %d", got.status)
	}
	for _, path := range []string{"/", "/api/v1/languages", "/docs", "/openapi.json", "/api/v1/nothing"} {
		h := c.do("GET", path, nil).header
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") || h.Get("Referrer-Policy") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}

func TestOperatorRoutes(t *testing.T) {
	s := newTestSite(t, nil)
	s.user("zebedee").submit("x")
	for _, path := range []string{"/healthz", "/readyz"} {
		if got := s.client().do("GET", path, nil); got.status != 200 {
			t.Errorf("%s: %d %s", path, got.status, got.text)
		}
	}
	got := s.client().do("GET", "/metrics", nil)
	for _, line := range []string{
		"deemster_submissions_accepted_total 1\n",
		`deemster_http_requests_total{method="POST",route="/api/v1/submissions",status="201"} 1` + "\n",
		"deemster_sockets 0\n",
	} {
		if !strings.Contains(got.text, line) {
			t.Errorf("metrics lack %q", line)
		}
	}
	if strings.Contains(got.text, "zebedee") {
		t.Error("the metrics know a user")
	}
}

func TestMetricsElsewhere(t *testing.T) {
	s := newTestSite(t, func(c *Config) { c.OpsElsewhere = true })
	if got := s.client().do("GET", "/metrics", nil); strings.Contains(got.text, "deemster_sockets") {
		t.Error("the metrics are shown to people")
	}
	w := httptest.NewRecorder()
	s.gateway.Ops().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "deemster_sockets 0") {
		t.Errorf("the operator's own address: %d", w.Code)
	}
}

// When the bus is away, people hear of it at once, and the page still comes.
func TestBusAway(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	s.gateway.bus.Close()
	for _, path := range []string{"/api/v1/problems", "/api/v1/me"} {
		start := time.Now()
		if got := ada.want(503, "GET", path, nil); got.header.Get("Retry-After") != "1" {
			t.Errorf("%s: Retry-After %q", path, got.header.Get("Retry-After"))
		}
		if took := time.Since(start); took > 5*callTimeout {
			t.Errorf("%s: answered after %v", path, took)
		}
	}
	if got := s.client().do("GET", "/readyz", nil); got.status != 503 {
		t.Errorf("readyz: %d", got.status)
	}
	for _, path := range []string{"/healthz", "/"} {
		if got := s.client().do("GET", path, nil); got.status != 200 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

func TestOpenAPI(t *testing.T) {
	s := newTestSite(t, nil)
	got := s.client().want(200, "GET", "/openapi.json", nil)
	var api struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Summary    string `json:"summary"`
			Parameters []struct{ Name, Description string }
			Responses  map[string]struct {
				Description string
				Content     map[string]struct{ Schema map[string]any }
			}
		}
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct {
					Description string
					Type        any
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(got.text), &api); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(api.OpenAPI, "3.1") || len(api.Paths) < 15 {
		t.Errorf("version %s, %d paths", api.OpenAPI, len(api.Paths))
	}
	for path, item := range api.Paths {
		for method, op := range item {
			for _, p := range op.Parameters {
				if p.Description == "" {
					t.Errorf("%s %s: parameter %s is not described", method, path, p.Name)
				}
			}
			good := false
			for status, response := range op.Responses {
				good = good || status[0] == '2' || status == "101"
				if response.Description == "" {
					t.Errorf("%s %s: answer %s is not described", method, path, status)
				}
				if _, problem := response.Content["application/problem+json"]; status >= "400" && !problem {
					t.Errorf("%s %s: answer %s is no problem", method, path, status)
				}
			}
			if op.Summary == "" || !good || op.Responses["429"].Description == "" {
				t.Errorf("%s %s is not fully described", method, path)
			}
		}
	}
	for name, schema := range api.Components.Schemas {
		for property, p := range schema.Properties {
			if p.Description == "" {
				t.Errorf("%s.%s is not described", name, property)
			}
			if list, isList := p.Type.([]any); isList && strings.Contains(strings.ToLower(strings.Join(texts(list), " ")), "null") {
				t.Errorf("%s.%s may be null", name, property)
			}
		}
	}
	for _, name := range []string{"ErrorModel", "ErrorDetail"} {
		if _, there := api.Components.Schemas[name]; there || strings.Contains(got.text, "schemas/"+name+`"`) {
			t.Errorf("huma's own %s is described", name)
		}
	}
}

func texts(values []any) (list []string) {
	for _, v := range values {
		text, _ := v.(string)
		list = append(list, text)
	}
	return list
}

// The page that describes the API loads nothing from elsewhere.
func TestDocs(t *testing.T) {
	s := newTestSite(t, nil)
	page := s.client().do("GET", "/docs", nil)
	if page.status != 200 || !strings.Contains(page.header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Fatalf("%d %v", page.status, page.header)
	}
	for path, kind := range map[string]string{"/docs/docs.js": "text/javascript; charset=utf-8", "/docs/docs.css": "text/css; charset=utf-8"} {
		got := s.client().do("GET", path, nil)
		if got.status != 200 || got.header.Get("Content-Type") != kind || !strings.Contains(page.text, path) {
			t.Errorf("%s: %d %s", path, got.status, got.header.Get("Content-Type"))
		}
		if bytes.Contains([]byte(got.text+page.text), []byte("//cdn")) || strings.Contains(got.text+page.text, "https://") {
			t.Errorf("%s names another site", path)
		}
	}
	if got := s.client().do("GET", "/docs/../site.go", nil); strings.Contains(got.text, "package gateway") {
		t.Error("the page serves our source")
	}
	s2 := s.client().do("GET", "/docs/nothing", nil)
	if s2.status != 404 {
		t.Errorf("/docs/nothing: %d", s2.status)
	}
}
