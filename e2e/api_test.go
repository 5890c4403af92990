package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/sitetest"
)

// TestBadInput sends what cannot be meant. Each is refused with problem+json that names
// the field, and the limit when there is one; nothing is stored.
func TestBadInput(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne, "--rate", "submit=1000/s")
	user := site.Register("ada")
	type files = []deemster.File
	form := func(change map[string]any) map[string]any {
		body := map[string]any{"problem": "aplusb", "language": "python3", "source": "print(1)"}
		for name, value := range change {
			if body[name] = value; value == nil {
				delete(body, name)
			}
		}
		return body
	}
	many := make(files, 2000)
	for i := range many {
		many[i] = deemster.File{Name: fmt.Sprintf("f%d.py", i), Content: "0"}
	}
	filesForm := func(f files) map[string]any { return form(map[string]any{"source": nil, "files": f}) }
	for _, test := range []struct {
		name   string
		body   any
		status int
		field  string
		says   string // somewhere in the answer
	}{
		{"unknown language", form(map[string]any{"language": "brainfuck"}), 422, "language", "/api/v1/languages"},
		{"unknown problem", form(map[string]any{"problem": "nosuch"}), 422, "problem", "/api/v1/problems"},
		{"hostile problem", form(map[string]any{"problem": "../../etc/passwd"}), 422, "problem", ""},
		{"empty source", form(map[string]any{"source": ""}), 422, "source", "empty"},
		{"absent source", form(map[string]any{"source": nil}), 422, "source", ""},
		{"long source", form(map[string]any{"source": strings.Repeat("#", 64<<10+1)}), 413, "source", "64 KiB"},
		{"invalid UTF-8", []byte("{\"problem\":\"aplusb\",\"language\":\"python3\",\"source\":\"print('\xff')\"}"), 400, "body", "UTF-8"},
		{"half a surrogate", []byte(`{"problem":"aplusb","language":"python3","source":"\ud800"}`), 400, "body", "UTF-8"},
		{"2,000 files", filesForm(many), 422, "files", "32"},
		{"parent directory", filesForm(files{{Name: "../x", Content: "0"}}), 422, "files[0].name", ""},
		{"absolute name", filesForm(files{{Name: "a.py", Content: "0"}, {Name: "/etc/x", Content: "0"}}), 422, "files[1].name", ""},
		{"option as a name", filesForm(files{{Name: "-o", Content: "0"}}), 422, "files[0].name", ""},
		{"hidden name", filesForm(files{{Name: ".bashrc", Content: "0"}}), 422, "files[0].name", ""},
		{"long name", filesForm(files{{Name: strings.Repeat("a", 65), Content: "0"}}), 422, "files[0].name", "64"},
		{"same name twice", filesForm(files{{Name: "a.py", Content: "0"}, {Name: "A.py", Content: "0"}}), 422, "files[1].name", ""},
		{"files over the limit", filesForm(files{{Name: "a.py", Content: strings.Repeat("#", 40<<10)}, {Name: "b.py", Content: strings.Repeat("#", 40<<10)}}), 413, "files", "64 KiB"},
		{"source and files", form(map[string]any{"files": files{{Name: "a.py", Content: "0"}}}), 422, "source", ""},
		{"not JSON", []byte(`{"problem":`), 0, "", ""},
		{"not an object", []byte(`[]`), 0, "", ""},
		{"wrong type", form(map[string]any{"source": 7}), 422, "source", ""},
		{"unknown field", form(map[string]any{"priority": "high"}), 422, "priority", ""},
		{"no body", []byte(""), 0, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := user.Do("POST", "/api/v1/submissions", test.body)
			if test.status == 0 && (answer.Status < 400 || answer.Status > 499) || test.status != 0 && answer.Status != test.status {
				t.Errorf("%d, want %d (0 stands for any 4xx): %s", answer.Status, test.status, answer.Body)
			}
			var problem struct {
				Title  string `json:"title"`
				Status int    `json:"status"`
				Field  string `json:"field"`
			}
			if err := json.Unmarshal(answer.Body, &problem); err != nil || problem.Title == "" || problem.Status != answer.Status {
				t.Errorf("not problem+json: %v: %s", err, answer.Body)
			}
			if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
				t.Errorf("Content-Type is %s", kind)
			}
			if test.field != "" && !strings.HasSuffix(problem.Field, test.field) || !strings.Contains(string(answer.Body), test.says) {
				t.Errorf("want the field %s named, and %q: %s", test.field, test.says, answer.Body)
			}
		})
	}
	site.Visitor().Must(http.StatusUnauthorized, "POST", "/api/v1/submissions", form(nil), nil)

	var page deemster.Page[deemster.Submission]
	user.Must(http.StatusOK, "GET", "/api/v1/submissions", nil, &page)
	if len(page.Items) != 0 {
		t.Errorf("%d submissions were stored, want none", len(page.Items))
	}
	source := form(map[string]any{"source": strings.Repeat("#", 64<<10)})
	user.Must(http.StatusCreated, "POST", "/api/v1/submissions", source, nil)
}

// TestSubmitLimit shows the limit of five a minute that holds when nothing is set.
func TestSubmitLimit(t *testing.T) {
	site := sitetest.Start(t, sitetest.AllInOne)
	user := site.Register("ada")
	add := named(t, "plain", "add.py")
	for range 5 {
		user.Submit(add)
	}
	answer := user.Do("POST", "/api/v1/submissions", add)
	if answer.Status != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth submission: %d, Retry-After %q, want 429 and a time: %s",
			answer.Status, answer.Header.Get("Retry-After"), answer.Body)
	}
}

// frame is any message of the server.
type frame struct {
	Type       string          `json:"type"`
	Ref        string          `json:"ref"`
	Status     int             `json:"status"`
	TestsDone  int             `json:"tests_done"`
	TestsTotal int             `json:"tests_total"`
	Submission json.RawMessage `json:"submission"`
}

func (f frame) submission(t *testing.T) (s deemster.Submission) {
	t.Helper()
	if err := json.Unmarshal(f.Submission, &s); err != nil {
		t.Fatalf("%s: %v: %s", f.Type, err, f.Submission)
	}
	return s
}

// socket is a WebSocket to a site.
type socket struct {
	t    *testing.T
	conn *websocket.Conn
}

func dial(t *testing.T, site *sitetest.Site, user *sitetest.Client) socket {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), site.SocketURL(), &websocket.DialOptions{
		Subprotocols: []string{"deemster.v1"},
		HTTPHeader:   http.Header{"Authorization": {"Bearer " + string(user.Token)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(1 << 20)
	return socket{t, conn}
}

func (s socket) send(message any) {
	s.t.Helper()
	body, err := json.Marshal(message)
	if err == nil {
		err = s.conn.Write(s.t.Context(), websocket.MessageText, body)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s socket) read() (f frame) {
	s.t.Helper()
	_, body, err := s.conn.Read(s.t.Context())
	if err == nil {
		err = json.Unmarshal(body, &f)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.HasPrefix(string(body), `{"type":`) {
		s.t.Errorf("type is not first: %s", body)
	}
	return f
}

// TestSocket follows one submission on a WebSocket from hand to verdict.
func TestSocket(t *testing.T) {
	inModes(t, func(t *testing.T, mode sitetest.Mode) {
		site := sitetest.Start(t, mode)
		user := site.Register("ada")
		s := dial(t, site, user)
		s.send(map[string]string{"type": "ping"})
		if f := s.read(); f.Type != "pong" {
			t.Errorf("a ping is answered with %s", f.Type)
		}
		add := named(t, "plain", "slow.py")
		submit := map[string]string{"type": "submit", "ref": "a1", "problem": "nosuch", "language": add.Language, "source": add.Source}
		s.send(submit)
		if f := s.read(); f.Type != "error" || f.Ref != "a1" || f.Status != 422 {
			t.Errorf("an unknown problem is answered with %+v", f)
		}
		submit["problem"], submit["ref"] = add.Problem, "a2"
		s.send(submit)
		f := s.read()
		if f.Type != "accepted" || f.Ref != "a2" {
			t.Fatalf("a submission is answered with %+v", f)
		}
		id := f.submission(t).ID
		seen := map[int]bool{}
		for f = s.read(); f.Type == "progress"; f = s.read() {
			seen[f.TestsDone] = true
		}
		got := f.submission(t)
		if f.Type != "verdict" || got.ID != id || got.Verdict != deemster.Accepted {
			t.Fatalf("in the end came %s %+v, want the verdict AC", f.Type, got)
		}
		for done := range got.TestsTotal {
			if !seen[done] {
				t.Errorf("the end of test %d of %d was not told: %v", done, got.TestsTotal, seen)
			}
		}
		// Whoever comes back later is told at once.
		later := dial(t, site, user)
		later.send(map[string]string{"type": "watch", "submission": id})
		if f := later.read(); f.Type != "verdict" || f.submission(t).Verdict != deemster.Accepted {
			t.Errorf("watching what is done gives %+v", f)
		}
	})
}
