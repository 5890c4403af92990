package gateway

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	_ "embed"
)

// site serves the built web app: its files, and its index.html for every other path, which
// the app understands itself.
type site struct {
	files  fs.FS
	tags   map[string]string // ETag by path
	policy string
	built  bool
}

//go:embed unbuilt.html
var unbuilt []byte

// immutableDir holds files whose names change with their content.
const immutableDir = "_app/immutable/"

// newSite reads the app once: what scripts its page has, and a tag for each file. Files
// may be nil or lack an index.html; then a page says how to build the app.
func newSite(files fs.FS) (*site, error) {
	s := &site{files: files, tags: map[string]string{}, policy: pagePolicy(nil)}
	if files == nil {
		return s, nil
	}
	index, err := fs.ReadFile(files, "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("gateway: read the web app: %w", err)
	}
	s.built, s.policy = true, pagePolicy(index)
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(name, immutableDir) {
			return err
		}
		content, err := fs.ReadFile(files, name)
		sum := sha256.Sum256(content)
		s.tags[name] = `"` + hex.EncodeToString(sum[:12]) + `"`
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("gateway: read the web app: %w", err)
	}
	return s, nil
}

var inlineScript = regexp.MustCompile(`(?is)<script(\s[^>]*)?>(.*?)</script>`)

// pagePolicy is the content security policy of a page: everything from here, and of inline
// scripts only those that the page was built with.
func pagePolicy(page []byte) string {
	scripts := "'self'"
	for _, m := range inlineScript.FindAllSubmatch(page, -1) {
		if len(bytes.TrimSpace(m[2])) > 0 {
			sum := sha256.Sum256(m[2])
			scripts += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	return "default-src 'self'; script-src " + scripts + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
		"connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

// ServeHTTP answers GET and HEAD.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this path takes GET", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	switch {
	case s.built && name != "" && s.has(name):
	case strings.HasPrefix(name+"/", "_app/") || name != "" && strings.Contains(path.Base(name), "."):
		http.Error(w, "not found", http.StatusNotFound) // a file, and not a page of the app
		return
	case !s.built:
		s.serve(w, r, "index.html", unbuilt)
		return
	default:
		name = "index.html"
	}
	content, err := s.content(w, r, name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	s.serve(w, r, name, content)
}

func (s *site) has(name string) bool {
	info, err := fs.Stat(s.files, name)
	return err == nil && info.Mode().IsRegular()
}

// content is the file, or what was compressed of it beforehand if the client takes that.
func (s *site) content(w http.ResponseWriter, r *http.Request, name string) ([]byte, error) {
	if packed, err := fs.ReadFile(s.files, name+".gz"); err == nil {
		w.Header().Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			w.Header().Set("Content-Encoding", "gzip")
			return packed, nil
		}
	}
	return fs.ReadFile(s.files, name)
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" {
			return strings.TrimSpace(weight) != "q=0"
		}
	}
	return false
}

func (s *site) serve(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	h := w.Header()
	h.Set("Content-Security-Policy", s.policy)
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, immutableDir) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if tag := s.tags[name]; tag != "" {
		if h.Get("Content-Encoding") != "" {
			tag = strings.TrimSuffix(tag, `"`) + `-gzip"`
		}
		h.Set("ETag", tag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// contentType does not ask the machine's own tables for what the app has, so that it is
// the same everywhere.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
