package gateway

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func getFrom(t *testing.T, h http.Handler, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestSite(t *testing.T) {
	var packed strings.Builder
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("let a = 1"))
	_ = z.Close()
	s, err := newSite(fstest.MapFS{
		"index.html":                 {Data: []byte(`<html><script>boot()</script><script src="/_app/x.js"></script></html>`)},
		"favicon.svg":                {Data: []byte("<svg/>")},
		"_app/immutable/a.123.js":    {Data: []byte("let a = 1")},
		"_app/immutable/a.123.js.gz": {Data: []byte(packed.String())},
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		status      int
		contentType string
	}{
		"/":                         {200, "text/html; charset=utf-8"},
		"/problems/aplusb":          {200, "text/html; charset=utf-8"},
		"/favicon.svg":              {200, "image/svg+xml"},
		"/_app/immutable/a.123.js":  {200, "text/javascript; charset=utf-8"},
		"/_app/immutable/b.456.js":  {404, ""},
		"/_app/":                    {404, ""},
		"/robots.txt":               {404, ""},
		"/../../etc/passwd":         {200, "text/html; charset=utf-8"}, // a page of the app, which knows no such
		"/_app/immutable/../../x.y": {404, ""},
	} {
		got := getFrom(t, s, path)
		if got.StatusCode != want.status || want.status == 200 && got.Header.Get("Content-Type") != want.contentType {
			t.Errorf("%s: %d %s", path, got.StatusCode, got.Header.Get("Content-Type"))
		}
	}
	script := getFrom(t, s, "/_app/immutable/a.123.js", "Accept-Encoding", "br, gzip")
	z2, err := gzip.NewReader(script.Body)
	if err != nil || script.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(script.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("compressed script: %v, %v", err, script.Header)
	}
	if content, _ := io.ReadAll(z2); string(content) != "let a = 1" {
		t.Errorf("compressed script: %q", content)
	}
	plain := getFrom(t, s, "/_app/immutable/a.123.js", "Accept-Encoding", "gzip;q=0")
	if plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("who refuses gzip gets %v", plain.Header)
	}

	index := getFrom(t, s, "/")
	policy := index.Header.Get("Content-Security-Policy")
	// printf 'boot()' | openssl dgst -sha256 -binary | base64
	if !strings.Contains(policy, "script-src 'self' 'sha256-MeZS89WlF0u+o0hCvHTBt4q1WHU+U+sJKgbdRUc36mY=';") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("policy %q", policy)
	}
	if again := getFrom(t, s, "/", "If-None-Match", index.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("an unchanged page is sent again: %d", again.StatusCode)
	}
}

func TestSiteNotBuilt(t *testing.T) {
	s, err := newSite(fstest.MapFS{".gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	got := getFrom(t, s, "/")
	page, _ := io.ReadAll(got.Body)
	if got.StatusCode != 200 || !strings.Contains(string(page), "make build") {
		t.Errorf("%d: %.200s", got.StatusCode, page)
	}
}
