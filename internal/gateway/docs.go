package gateway

import (
	"embed"
	"net/http"
)

//go:embed docs
var docs embed.FS

// docsPage serves the browsable description of the API. It reads /openapi.json and nothing
// from elsewhere.
func docsPage() http.Handler {
	types := map[string]string{
		"/docs": "docs/docs.html", "/docs/": "docs/docs.html",
		"/docs/docs.js": "docs/docs.js", "/docs/docs.css": "docs/docs.css",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, known := types[r.URL.Path]
		content, err := docs.ReadFile(name)
		if !known || err != nil {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("Content-Type", contentType(name))
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(content) // the client may have gone
	})
}
