package gateway

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/deemster-oj/deemster"
)

func TestSubmitAndWait(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	made := ada.want(201, "POST", "/api/v1/submissions", sum("print(1)"))
	id := made.json["id"].(string)
	if made.header.Get("Location") != "/api/v1/submissions/"+id || made.json["state"] != "queued" || made.json["user"] != "ada" {
		t.Errorf("submitted: %s", made.text)
	}
	if got := ada.want(200, "GET", "/api/v1/submissions/"+id+"?wait=20ms", nil); got.json["state"] != "queued" {
		t.Errorf("after a short wait: %s", got.text)
	}
	job := s.claim(id)
	if len(job.Files) != 1 || job.Files[0] != (deemster.File{Name: "main.py", Content: "print(1)"}) || job.Lane != deemster.LanePractice {
		t.Errorf("job: %+v", job)
	}
	waited := make(chan answer, 1)
	go func() { waited <- ada.do("GET", "/api/v1/submissions/"+id+"?wait=60s", nil) }()
	s.report(job, deemster.WrongAnswer)
	got := <-waited
	if got.json["verdict"] != "WA" || got.json["state"] != "done" {
		t.Fatalf("after the wait: %d %s", got.status, got.text)
	}
	if strings.Contains(got.text, "hidden-feedback") || strings.Contains(got.text, "SIGUSR1") || strings.Contains(got.text, `"exit_code":77`) {
		t.Errorf("the submitter is told of a hidden test: %s", got.text)
	}
	if !strings.Contains(got.text, "sample-feedback") || !strings.Contains(got.text, "print(1)") {
		t.Errorf("the submitter is not told of the sample or the source: %s", got.text)
	}
	if got := s.admin().want(200, "GET", "/api/v1/submissions/"+id, nil); !strings.Contains(got.text, "hidden-feedback") {
		t.Errorf("the administrator is not told of a hidden test: %s", got.text)
	}
	for _, wait := range []string{"61s", "-1s", "soon"} {
		if got := ada.want(422, "GET", "/api/v1/submissions/"+id+"?wait="+wait, nil); got.json["field"] != "wait" || !strings.Contains(got.text, "60s") {
			t.Errorf("wait=%s: %s", wait, got.text)
		}
	}
}

func TestIdempotencyKey(t *testing.T) {
	s := newTestSite(t, nil)
	ada, bob := s.user("ada"), s.user("bob")
	post := func(c *client, status int, source, key string) any {
		t.Helper()
		return c.want(status, "POST", "/api/v1/submissions", sum(source), "Idempotency-Key", key).json["id"]
	}
	first := post(ada, 201, "x", "k1")
	if post(ada, 201, "x", "k1") != first {
		t.Error("the same key made a second submission")
	}
	post(ada, 409, "y", "k1")
	if post(ada, 201, "x", "k2") == first || post(bob, 201, "x", "k1") == first {
		t.Error("another key, or another user's, answered with the first submission")
	}
	post(ada, 422, "x", strings.Repeat("k", 129))
}

func TestForeignSubmissionsLookAbsent(t *testing.T) {
	s := newTestSite(t, nil)
	ada, eve := s.user("ada"), s.user("eve")
	id := ada.submit("print('ada was here')")
	absent := uuid.Must(uuid.NewV7()).String()
	for _, query := range []string{"", "?wait=10s"} {
		foreign := eve.want(404, "GET", "/api/v1/submissions/"+id+query, nil)
		missing := eve.want(404, "GET", "/api/v1/submissions/"+absent+query, nil)
		if foreign.text != missing.text {
			t.Errorf("told apart:\n%s%s", foreign.text, missing.text)
		}
	}
	for _, id := range []string{"x", "%00", strings.Repeat("a", 36), "..%2f" + id} {
		if got := eve.do("GET", "/api/v1/submissions/"+id, nil); got.status != 404 {
			t.Errorf("id %q: %d %s", id, got.status, got.text)
		}
	}
	s.client().want(401, "GET", "/api/v1/submissions/"+id, nil)
	count := func(c *client, query string) int {
		t.Helper()
		return len(c.want(200, "GET", "/api/v1/submissions"+query, nil).json["items"].([]any))
	}
	for _, test := range []struct {
		c     *client
		query string
		want  int
	}{
		{ada, "", 1}, {ada, "?user=ADA", 1}, {ada, "?problem=aplusb&language=python3", 1}, {ada, "?verdict=AC", 0},
		{eve, "", 0}, {eve, "?user=ada", 0}, {s.admin(), "", 1}, {s.admin(), "?user=ada", 1}, {s.admin(), "?user=eve", 0},
	} {
		if got := count(test.c, test.query); got != test.want {
			t.Errorf("%s lists %d submissions with %q, want %d", test.c.handle, got, test.query, test.want)
		}
	}
	ada.want(422, "GET", "/api/v1/submissions?verdict=XX", nil)
	ada.want(422, "GET", "/api/v1/submissions?limit=101", nil)
	ada.want(422, "GET", "/api/v1/submissions?verdikt=AC", nil)
}

// Every bad input is refused with the field and the limit named, and nothing is stored.
func TestBadSubmissions(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	var files []object
	for i := range 2000 {
		files = append(files, object{"name": fmt.Sprintf("f%d.py", i), "content": "x"})
	}
	named := func(name string) object {
		return object{"problem": "aplusb", "language": "python3", "files": []object{{"name": name, "content": "x"}}}
	}
	for _, test := range []struct {
		name    string
		content any
		status  int
		field   string
		says    string
	}{
		{"unknown problem", object{"problem": "nope", "language": "python3", "source": "x"}, 422, "problem", "no such problem"},
		{"no problem's name", object{"problem": "../etc", "language": "python3", "source": "x"}, 422, "problem", "no such problem"},
		{"unknown language", object{"problem": "aplusb", "language": "cobol", "source": "x"}, 422, "language", "no such language"},
		{"missing toolchain", object{"problem": "aplusb", "language": "java", "source": "x"}, 422, "language", "install openjdk-17"},
		{"empty source", sum(""), 422, "source", "empty"},
		{"no source", object{"problem": "aplusb", "language": "python3"}, 422, "source", "empty"},
		{"no problem", object{"language": "python3", "source": "x"}, 422, "problem", "required"},
		{"over 64 KiB", sum(strings.Repeat("x", 64<<10+1)), 413, "source", "64 KiB"},
		{"10 MB", sum(strings.Repeat("x", 10<<20)), 413, "body", "1 MiB"},
		{"invalid UTF-8", "{\"problem\":\"aplusb\",\"language\":\"python3\",\"source\":\"\xff\xfe\"}", 400, "body", "UTF-8"},
		{"half a surrogate pair", `{"problem":"aplusb","language":"python3","source":"\ud800"}`, 400, "body", "UTF-8"},
		{"2,000 files", object{"problem": "aplusb", "language": "python3", "files": files}, 422, "files", "32"},
		{"a path", named("../x"), 422, "files[0].name", "file name"},
		{"an option", named("-o"), 422, "files[0].name", "dash"},
		{"source and files", object{"problem": "aplusb", "language": "python3", "source": "x", "files": files[:1]}, 422, "source", "not both"},
		{"wrong JSON", `{"problem":`, 400, "body", "early"},
		{"not JSON", `hello`, 400, "body", "not JSON"},
		{"no body", ``, 400, "", "body"},
		{"an array", `[]`, 422, "body", "object"},
		{"unknown field", object{"problem": "aplusb", "language": "python3", "source": "x", "time_limit": 1e9}, 422, "time_limit", "unexpected"},
		{"unknown field of a file", object{"problem": "aplusb", "language": "python3", "files": []object{{"name": "a", "content": "x", "mode": 7}}}, 422, "files[0].mode", "unexpected"},
		{"a number as source", object{"problem": "aplusb", "language": "python3", "source": 12345}, 422, "source", "string"},
		{"twice a field", `{"problem":"aplusb","language":"python3","source":"x","source":"y"}`, 400, "source", "twice"},
	} {
		got := ada.want(test.status, "POST", "/api/v1/submissions", test.content)
		field, _ := got.json["field"].(string)
		if field != test.field || !strings.Contains(got.text, test.says) || strings.Contains(got.text, "12345") || len(got.text) > 1000 {
			t.Errorf("%s: %.500s; want field %q and %q", test.name, got.text, test.field, test.says)
		}
	}
	ada.want(415, "POST", "/api/v1/submissions", `problem=aplusb`, "Content-Type", "application/x-www-form-urlencoded")
	s.client().want(401, "POST", "/api/v1/submissions", sum("x"))
	s.client().want(401, "POST", "/api/v1/submissions", `{"problem":`)
	if got := s.admin().want(200, "GET", "/api/v1/submissions", nil); len(got.json["items"].([]any)) != 0 {
		t.Errorf("something was stored: %.300s", got.text)
	}
	// What is just within the limits is taken.
	ada.want(201, "POST", "/api/v1/submissions", sum(strings.Repeat("\x01", 64<<10)))
}

func TestNoExecutorYet(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	s.gateway.executors.mu.Lock()
	clear(s.gateway.executors.known)
	s.gateway.executors.mu.Unlock()
	if got := ada.want(503, "POST", "/api/v1/submissions", sum("x")); got.header.Get("Retry-After") == "" {
		t.Errorf("no Retry-After: %v", got.header)
	}
	if got := ada.want(200, "GET", "/api/v1/languages", nil); len(got.json["items"].([]any)) != 0 {
		t.Errorf("languages: %s", got.text)
	}
}

func TestSubmitRate(t *testing.T) {
	s := newTestSite(t, func(c *Config) { c.Rates.Submit = DefaultRates.Submit })
	frozen := s.clock() // so that nothing refills while fifty requests are under way
	s.gateway.limiter.clock = func() time.Time { return frozen.Add(time.Duration(s.ahead.Load())) }
	ada := s.user("ada")
	var accepted, limited atomic.Int32
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			switch got := ada.do("POST", "/api/v1/submissions", sum("x")); got.status {
			case http.StatusCreated:
				accepted.Add(1)
			case http.StatusTooManyRequests:
				limited.Add(1)
				if got.header.Get("Retry-After") != "12" || got.json["retry_after"] != 12.0 ||
					got.header.Get("RateLimit-Policy") != `"submit";q=5;w=60` || got.header.Get("RateLimit") != `"submit";r=0;t=12` {
					t.Errorf("limited: %v %s", got.header, got.text)
				}
			default:
				t.Errorf("%d %s", got.status, got.text)
			}
		})
	}
	wg.Wait()
	if accepted.Load() != 5 || limited.Load() != 45 {
		t.Fatalf("of 50 parallel submissions %d were accepted and %d limited, want 5 and 45", accepted.Load(), limited.Load())
	}
	if n := len(ada.want(200, "GET", "/api/v1/submissions", nil).json["items"].([]any)); n != 5 {
		t.Errorf("%d submissions stored, want 5", n)
	}
	// Neither another address nor another account at this one gets around it; what is
	// refused for a fault of its own does not count.
	moved := *ada
	moved.address = "198.51.100.1"
	moved.want(429, "POST", "/api/v1/submissions", sum("x"))
	bob := s.user("bob")
	home := bob.address
	bob.address = ada.address
	bob.want(429, "POST", "/api/v1/submissions", sum("x"))
	bob.address = home
	for range 10 {
		bob.want(422, "POST", "/api/v1/submissions", sum(""))
	}
	for range 5 {
		bob.submit("x")
	}
	bob.want(429, "POST", "/api/v1/submissions", sum("x"))
	s.pass(12 * time.Second)
	ada.submit("x")
	ada.want(429, "POST", "/api/v1/submissions", sum("x"))
}

func TestLoginRate(t *testing.T) {
	s := newTestSite(t, nil)
	s.user("ada")
	s.gateway.rates.Login = DefaultRates.Login
	frozen := s.clock()
	s.gateway.limiter.clock = func() time.Time { return frozen.Add(time.Duration(s.ahead.Load())) }
	wrong := func(c *client, handle string, status int) {
		t.Helper()
		c.want(status, "POST", "/api/v1/login", object{"handle": handle, "password": "wrong wrong"})
	}
	for i := range 10 { // one account, from everywhere
		wrong(s.client(), []string{"ada", "Ada"}[i%2], 401)
	}
	wrong(s.client(), "ada", 429)
	one := s.client() // one address, every account
	for i := range 10 {
		wrong(one, fmt.Sprintf("user%d", i), 401)
	}
	wrong(one, "somebody", 429)
	s.pass(6 * time.Second)
	wrong(s.client(), "ada", 401)
	wrong(s.client(), "ada", 429)
}

func TestOtherRate(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	s.gateway.rates.Other = Rate{3, time.Minute}
	frozen := s.clock()
	s.gateway.limiter.clock = func() time.Time { return frozen }
	for i := range 3 {
		if got := ada.want(200, "GET", "/api/v1/me", nil).header.Get("RateLimit"); !strings.HasPrefix(got, fmt.Sprintf(`"other";r=%d;`, 2-i)) {
			t.Errorf("RateLimit: %q", got)
		}
	}
	ada.want(429, "GET", "/api/v1/me", nil)
	ada.want(429, "GET", "/api/v1/nothing", nil)
	for range 5 {
		if got := ada.do("GET", "/", nil); got.status != 200 {
			t.Errorf("the page is limited, too: %d", got.status)
		}
	}
}
