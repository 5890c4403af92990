package gateway

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/blob"
	"github.com/deemster-oj/deemster/internal/bus"
	"github.com/deemster-oj/deemster/internal/catalog"
	"github.com/deemster-oj/deemster/internal/document"
	"github.com/deemster-oj/deemster/internal/store"
	"github.com/deemster-oj/deemster/internal/submission"
	"github.com/deemster-oj/deemster/problems"
)

var quiet = slog.New(slog.DiscardHandler)

func openBus(t *testing.T) *bus.Bus {
	t.Helper()
	b, err := bus.Open(t.Context(), "embedded:"+t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// testSite is a gateway with the real roles behind it, but for the executor: judge plays
// its part. What it logs is searched for secrets when the test ends.
type testSite struct {
	*testing.T
	gateway *Gateway
	server  *httptest.Server
	bus     *bus.Bus
	ahead   atomic.Int64 // of the clock, in nanoseconds

	mu      sync.Mutex
	log     bytes.Buffer
	secrets []string
	clients int
}

func (s *testSite) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

// secret notes what must not be logged.
func (s *testSite) secret(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secrets = append(s.secrets, text)
	return text
}

func (s *testSite) clock() time.Time     { return time.Now().Add(time.Duration(s.ahead.Load())) }
func (s *testSite) pass(d time.Duration) { s.ahead.Add(int64(d)) }
func must[T any](s *testSite) func(T, error) T {
	return func(v T, err error) T {
		s.Helper()
		if err != nil {
			s.Fatal(err)
		}
		return v
	}
}

// adminPassword is the administrator's on test sites.
const adminPassword = "the-admin's-own-secret"

// newTestSite starts a site with the problem aplusb, and an executor that has Python but
// not Java. Change may alter the gateway's configuration.
func newTestSite(t *testing.T, change func(*Config)) *testSite {
	t.Helper()
	t.Parallel() // it waits for the disk more than it computes
	s := &testSite{T: t}
	ctx, cancel := context.WithCancel(context.Background())
	log := slog.New(slog.NewTextHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug}))
	dir := t.TempDir()
	s.bus = must[*bus.Bus](s)(bus.Open(ctx, "embedded:"+filepath.Join(dir, "bus"), log))
	rows := must[*store.Store](s)(store.Open(ctx, "sqlite:"+filepath.Join(dir, "deemster.db"), log))
	docs := must[document.Store](s)(document.OpenSQLite(ctx, filepath.Join(dir, "documents.db")))
	blobs := must[*blob.Dir](s)(blob.OpenDir(filepath.Join(dir, "blobs")))

	c := catalog.New(catalog.Config{Documents: docs, Blobs: blobs, Bus: s.bus, Log: log, Clock: s.clock})
	aplusb := fstest.MapFS{}
	copyTree(t, aplusb, "aplusb")
	if err := c.LoadSamples(ctx, aplusb); err != nil {
		t.Fatal(err)
	}
	role := submission.New(submission.Config{Store: rows, Documents: docs, Bus: s.bus, Log: log})
	config := Config{
		Store: rows, Bus: s.bus, Blobs: blobs, Log: log, Clock: s.clock,
		Rates:          Rates{Submit: Rate{1000, time.Second}, Login: Rate{1000, time.Second}, Other: Rate{10000, time.Second}},
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		AdminPassword:  adminPassword,
	}
	s.secret(adminPassword)
	if change != nil {
		change(&config)
	}
	s.gateway = must[*Gateway](s)(New(config))
	if _, made, err := s.gateway.EnsureAdmin(ctx); err != nil || !made {
		t.Fatalf("the administrator was not made: %v, %v", made, err)
	}
	var roles sync.WaitGroup
	for _, run := range []func(context.Context) error{c.Run, role.Run, s.gateway.Run} {
		roles.Go(func() {
			if err := run(ctx); err != nil && ctx.Err() == nil {
				t.Errorf("a role ended: %v", err)
			}
		})
	}
	s.server = httptest.NewUnstartedServer(nil)
	s.server.Config = s.gateway.Server("")
	s.server.Start()
	t.Cleanup(func() {
		cancel()
		roles.Wait()
		s.server.Close()
		s.bus.Close()
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
		if err := docs.Close(); err != nil {
			t.Error(err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, secret := range s.secrets {
			if strings.Contains(s.log.String(), secret) {
				t.Errorf("the log holds the secret %q", secret)
			}
		}
	})
	s.ready()
	return s
}

// ready waits until every role answers, and an executor has been heard of.
func (s *testSite) ready() {
	s.Helper()
	java := deemster.LanguageInfo{ID: "java", Name: "Java", Missing: "install openjdk-17-jdk-headless"}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		s.bus.Announce(deemster.ExecutorInfo{ID: "x", Host: "h", Slots: 1, Languages: []deemster.LanguageInfo{python, java}})
		_, problem := bus.Call(context.Background(), s.bus, bus.GetProblem, bus.BySlug{Slug: "aplusb"})
		_, list := bus.Call(context.Background(), s.bus, bus.ListSubmissions, deemster.SubmissionFilter{Limit: 1})
		_, language := s.gateway.executors.language("python3")
		if problem == nil && list == nil && language == nil {
			return
		}
		if time.Now().After(deadline) {
			s.Fatalf("the site is not ready: %v, %v, %v", problem, list, language)
		}
	}
}

func copyTree(t *testing.T, into fstest.MapFS, root string) {
	t.Helper()
	err := fs.WalkDir(problems.Files(), root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(problems.Files(), name)
		into[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// zipped is a sample problem as people would upload it.
func zipped(t *testing.T, slug string) []byte {
	t.Helper()
	tree := fstest.MapFS{}
	copyTree(t, tree, slug)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, file := range tree {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(file.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// client is somebody with a browser, at an address of his own.
type client struct {
	*testSite
	http    *http.Client
	address string
	token   string
	handle  string
}

func (s *testSite) client() *client {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clients++
	jar, _ := cookiejar.New(nil)
	return &client{
		testSite: s, http: &http.Client{Jar: jar, Timeout: 30 * time.Second},
		address: fmt.Sprintf("203.0.113.%d", s.clients),
	}
}

// user registers somebody and logs him in.
func (s *testSite) user(handle string) *client {
	s.Helper()
	c := s.client()
	c.handle = handle
	password := s.secret("secret-of-" + handle)
	c.want(http.StatusCreated, "POST", "/api/v1/register", object{"handle": handle, "email": handle + "@example.org", "password": password})
	c.want(http.StatusOK, "POST", "/api/v1/login", object{"handle": handle, "password": password})
	return c
}

// admin logs the administrator in.
func (s *testSite) admin() *client {
	s.Helper()
	c := s.client()
	c.handle = "admin"
	c.want(http.StatusOK, "POST", "/api/v1/login", object{"handle": "admin", "password": adminPassword})
	return c
}

type object = map[string]any

// answer is what came back.
type answer struct {
	status int
	header http.Header
	text   string
	json   object // nil when it is not a JSON object
}

// do sends a request: a string or bytes as they are, anything else as JSON.
func (c *client) do(method, path string, content any, headers ...string) answer {
	c.Helper()
	var in io.Reader
	kind := "application/json"
	switch content := content.(type) {
	case nil:
	case string:
		in = strings.NewReader(content)
	case []byte:
		in, kind = bytes.NewReader(content), "application/zip"
	default:
		data, err := json.Marshal(content)
		if err != nil {
			c.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, c.server.URL+path, in)
	if err != nil {
		c.Fatal(err)
	}
	if in != nil {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("X-Forwarded-For", c.address)
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.http.Do(r)
	if err != nil {
		c.Errorf("%s %s: %v", method, path, err)
		return answer{}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.Errorf("%s %s: %v", method, path, err)
	}
	for _, cookie := range response.Cookies() {
		if cookie.Value != "" {
			c.secret(cookie.Value)
		}
	}
	a := answer{status: response.StatusCode, header: response.Header, text: string(text)}
	_ = json.Unmarshal(text, &a.json) // not every answer is JSON
	return a
}

// want is do for when the status is known.
func (c *client) want(status int, method, path string, content any, headers ...string) answer {
	c.Helper()
	a := c.do(method, path, content, headers...)
	if a.status != status {
		c.Fatalf("%s %s: %d %.300s; want %d", method, path, a.status, a.text, status)
	}
	if status >= 400 && (a.header.Get("Content-Type") != "application/problem+json" || a.json["title"] == nil || a.json["status"] != float64(status)) {
		c.Errorf("%s %s: not a problem: %s %.300s", method, path, a.header.Get("Content-Type"), a.text)
	}
	return a
}

// sum is a submission to aplusb.
func sum(source string) object {
	return object{"problem": "aplusb", "language": "python3", "source": source}
}

// submit hands in a program and answers with its id.
func (c *client) submit(source string) string {
	c.Helper()
	return c.want(http.StatusCreated, "POST", "/api/v1/submissions", sum(source)).json["id"].(string)
}

// claim plays the executor that takes a submission.
func (s *testSite) claim(id string) deemster.Job {
	s.Helper()
	return must[deemster.Job](s)(bus.Call(context.Background(), s.bus, bus.ClaimJob,
		deemster.Claim{Submission: id, Executor: "x", Languages: []string{"python3"}}))
}

// judge plays the executor that judges a submission.
func (s *testSite) judge(id string, verdict deemster.Verdict) {
	s.Helper()
	s.report(s.claim(id), verdict)
}

func (s *testSite) report(job deemster.Job, verdict deemster.Verdict) {
	s.Helper()
	sample := deemster.TestResult{Name: "sample/1", Group: "sample", Verdict: deemster.Accepted, TimeMS: 3, Feedback: "sample-feedback"}
	hidden := deemster.TestResult{Name: "secret/1", Group: "secret", Verdict: verdict, TimeMS: 5, ExitCode: 77, Signal: "SIGUSR1", Feedback: "hidden-feedback"}
	s.bus.Publish(deemster.Event{Submission: job.Submission, User: job.User, Progress: &deemster.Progress{
		Submission: job.Submission, Attempt: job.Attempt, State: deemster.StateJudging, Stage: "running", TestsDone: 1, TestsTotal: 2, Last: &hidden,
	}})
	err := s.bus.Report(context.Background(), deemster.Report{
		Submission: job.Submission, Attempt: job.Attempt, Executor: "x", Verdict: verdict, TimeMS: 5,
		Tests: []deemster.TestResult{sample, hidden},
	})
	if err != nil {
		s.Fatal(err)
	}
}
