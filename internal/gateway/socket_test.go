package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"github.com/deemster-oj/deemster"
)

// testSocket is a client's WebSocket.
type testSocket struct {
	*client
	conn *websocket.Conn
}

// dial opens a WebSocket; the status is that of a refused handshake.
func (c *client) dial(headers ...string) (*testSocket, int) {
	c.Helper()
	h := http.Header{"X-Forwarded-For": {c.address}}
	if c.token != "" {
		h.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	conn, response, err := websocket.Dial(c.Context(), c.server.URL+"/api/v1/ws", &websocket.DialOptions{
		HTTPClient: &http.Client{Jar: c.http.Jar}, HTTPHeader: h, Subprotocols: []string{"deemster.v1"},
	})
	if err != nil {
		if response == nil {
			c.Fatal(err)
		}
		return nil, response.StatusCode
	}
	conn.SetReadLimit(-1)
	c.Cleanup(func() { _ = conn.CloseNow() })
	return &testSocket{c, conn}, response.StatusCode
}

func (c *client) socket() *testSocket {
	c.Helper()
	s, status := c.dial()
	if s == nil {
		c.Fatalf("no WebSocket: %d", status)
	}
	return s
}

func (s *testSocket) send(message any) {
	s.Helper()
	data, isText := message.(string)
	if !isText {
		encoded, err := json.Marshal(message)
		if err != nil {
			s.Fatal(err)
		}
		data = string(encoded)
	}
	if err := s.conn.Write(s.Context(), websocket.MessageText, []byte(data)); err != nil {
		s.Fatalf("send: %v", err)
	}
}

// next reads a message.
func (s *testSocket) next() object {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	_, data, err := s.conn.Read(ctx)
	if err != nil {
		s.Fatalf("read: %v", err)
	}
	var m object
	if err := json.Unmarshal(data, &m); err != nil {
		s.Fatalf("%s: %v", data, err)
	}
	return m
}

// until reads messages up to one of the kind.
func (s *testSocket) until(kind string) object {
	s.Helper()
	for {
		switch m := s.next(); m["type"] {
		case kind:
			return m
		case "error":
			s.Fatalf("error instead of %s: %v", kind, m)
		}
	}
}

// closed waits for the end of the connection and tells its status; what comes before is
// passed over.
func (s *testSocket) closed() websocket.StatusCode {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, _, err := s.conn.Read(ctx); err != nil {
			if ctx.Err() != nil {
				s.Fatal("the connection was not closed")
			}
			return websocket.CloseStatus(err)
		}
	}
}

func TestSocketSubmit(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	first, second := ada.socket(), ada.socket()
	if got := first.conn.Subprotocol(); got != "deemster.v1" {
		t.Errorf("subprotocol %q", got)
	}
	message := sum("print(1)")
	message["type"], message["ref"] = "submit", "a1"
	first.send(message)
	accepted := first.next()
	if accepted["type"] != "accepted" || accepted["ref"] != "a1" {
		t.Fatalf("first answer: %v", accepted)
	}
	id := accepted["submission"].(object)["id"].(string)
	s.judge(id, deemster.Accepted)
	for name, socket := range map[string]*testSocket{"the submitting socket": first, "another of the user": second} {
		progress := socket.until("progress")
		for progress["state"] != "judging" || progress["stage"] != "running" {
			progress = socket.until("progress")
		}
		if progress["submission"] != id || progress["tests_done"] != 1.0 || progress["tests_total"] != 2.0 || progress["attempt"] != 1.0 {
			t.Errorf("%s: progress %v", name, progress)
		}
		if last := progress["last"].(object); last["signal"] != nil || last["exit_code"] != 0.0 {
			t.Errorf("%s is told of a hidden test: %v", name, last)
		}
		verdict := socket.until("verdict")["submission"].(object)
		if verdict["id"] != id || verdict["verdict"] != "AC" || strings.Contains(fmt.Sprint(verdict), "hidden-feedback") {
			t.Errorf("%s: verdict %v", name, verdict)
		}
	}
	// After a reconnect, watch tells the present state at once.
	third := ada.socket()
	third.send(object{"type": "watch", "submission": id})
	if got := third.next(); got["type"] != "verdict" {
		t.Errorf("watch of a judged submission: %v", got)
	}
	waiting := ada.submit("print(2)")
	third.send(object{"type": "watch", "submission": waiting})
	if got := third.until("progress"); got["submission"] != waiting || got["state"] != "queued" {
		t.Errorf("watch of a waiting submission: %v", got)
	}
}

// A submission made over HTTP is heard of, too; one that is unwatched is not.
func TestSocketWatchesOwn(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	socket := ada.socket()
	quietID, id := ada.submit("print(1)"), ada.submit("print(2)")
	socket.send(object{"type": "unwatch", "submission": quietID})
	socket.send(object{"type": "ping", "ref": "p"})
	if got := socket.until("pong"); got["ref"] != "p" {
		t.Errorf("pong: %v", got)
	}
	s.judge(quietID, deemster.Accepted)
	s.await(ada, quietID)
	s.judge(id, deemster.WrongAnswer)
	if got := socket.until("verdict")["submission"].(object); got["id"] != id {
		t.Errorf("the verdict of an unwatched submission came: %v", got)
	}
}

// await waits for a verdict over HTTP.
func (s *testSite) await(c *client, id string) {
	s.Helper()
	if got := c.want(200, "GET", "/api/v1/submissions/"+id+"?wait=20s", nil); got.json["state"] != "done" {
		s.Fatalf("not judged: %s", got.text)
	}
}

func TestSocketForeign(t *testing.T) {
	s := newTestSite(t, nil)
	ada, eve := s.user("ada"), s.user("eve")
	id := ada.submit("print(1)")
	socket := eve.socket()
	for _, id := range []string{id, uuid.Must(uuid.NewV7()).String(), "x", ""} {
		socket.send(object{"type": "watch", "ref": "w", "submission": id})
		got := socket.next()
		if got["type"] != "error" || got["status"] != 404.0 || got["title"] != "no such submission" || got["ref"] != "w" {
			t.Errorf("watch of %q: %v", id, got)
		}
	}
	s.judge(id, deemster.Accepted)
	s.await(ada, id)
	own := eve.submit("print(2)")
	s.judge(own, deemster.WrongAnswer)
	for m := socket.next(); ; m = socket.next() {
		if strings.Contains(fmt.Sprint(m), id) {
			t.Errorf("eve hears of ada's submission: %v", m)
		}
		if m["type"] == "verdict" {
			break
		}
	}
	admin := s.admin().socket()
	admin.send(object{"type": "watch", "submission": id})
	if got := admin.until("verdict"); !strings.Contains(fmt.Sprint(got), "hidden-feedback") {
		t.Errorf("the administrator is not told of a hidden test: %v", got)
	}
}

func TestSocketRefusals(t *testing.T) {
	s := newTestSite(t, func(c *Config) { c.Rates.Submit = Rate{1, time.Minute} })
	if _, status := s.client().dial(); status != 401 {
		t.Errorf("without a session: %d", status)
	}
	ada := s.user("ada")
	if _, status := ada.dial("Origin", "https://evil.example"); status != 403 {
		t.Errorf("from another site: %d", status)
	}
	if got := ada.do("GET", "/api/v1/ws", nil); got.status != http.StatusUpgradeRequired {
		t.Errorf("without an upgrade: %d", got.status)
	}
	socket := ada.socket()
	for _, test := range []struct {
		message any
		status  float64
		field   string
	}{
		{"hello", 422, "body"},
		{"{\"type\":\"ping\",\"ref\":\"\xff\"}", 422, "body"},
		{object{"type": "dance"}, 422, "type"},
		{object{"type": "ping", "extra": 1}, 422, "extra"},
		{object{"type": "submit", "problem": "aplusb", "language": "python3"}, 422, "source"},
		{object{"type": "submit", "problem": "nope", "language": "python3", "source": "x"}, 422, "problem"},
		{object{"type": "submit", "problem": "aplusb", "language": "java", "source": "x"}, 422, "language"},
		{object{"type": "submit", "problem": "aplusb", "language": "python3", "source": strings.Repeat("x", 64<<10+1)}, 413, "source"},
		{object{"type": "submit", "problem": "aplusb", "language": "python3", "files": []object{{"name": "../x", "content": "x"}}}, 422, "files[0].name"},
	} {
		socket.send(test.message)
		if got := socket.next(); got["type"] != "error" || got["status"] != test.status || got["field"] != test.field {
			t.Errorf("%.80v: %v; want %v of %s", test.message, got, test.status, test.field)
		}
	}
	message := sum(strings.Repeat("\x01", 64<<10)) // 384 KiB of JSON
	message["type"], message["ref"] = "submit", "r"
	socket.send(message)
	socket.until("accepted")
	socket.send(message)
	for got := socket.next(); ; got = socket.next() {
		if got["type"] == "error" {
			if got["status"] != 429.0 || got["ref"] != "r" || got["retry_after"].(float64) < 1 {
				t.Errorf("over the rate: %v", got)
			}
			break
		}
	}
	big := ada.socket()
	big.send(strings.Repeat("x", socketRead+1))
	if got := big.closed(); got != websocket.StatusMessageTooBig {
		t.Errorf("a message over the limit: closed with %d", got)
	}
	binary := ada.socket()
	if err := binary.conn.Write(t.Context(), websocket.MessageBinary, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if got := binary.closed(); got != websocket.StatusUnsupportedData {
		t.Errorf("a binary message: closed with %d", got)
	}
}

// Whatever ends a log-in closes its sockets and no others.
func TestSocketRevocation(t *testing.T) {
	s := newTestSite(t, nil)
	admin := s.admin()
	for _, test := range []struct {
		name   string
		revoke func(c *client, token string)
		byWord bool // told of, not found out
	}{
		{"log-out", func(c *client, _ string) { c.want(204, "POST", "/api/v1/logout", nil) }, true},
		{"new password", func(c *client, _ string) {
			c.want(200, "PATCH", "/api/v1/me", object{"current_password": "secret-of-" + c.handle, "password": "another-secret"})
		}, true},
		{"disabled", func(c *client, _ string) {
			admin.want(200, "PATCH", "/api/v1/admin/users/"+c.handle, object{"disabled": true})
		}, true},
		{"ended in the database", func(c *client, _ string) {
			account := must[deemster.User](s)(userOf(c))
			if err := s.gateway.store.DeleteUserSessions(t.Context(), account.ID); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := s.user(strings.ReplaceAll(test.name, " ", "_"))
			bystander := s.user("by_" + c.handle).socket()
			socket := c.socket()
			test.revoke(c, "")
			if got := socket.closed(); got != websocket.StatusPolicyViolation {
				t.Errorf("closed with %d", got)
			}
			bystander.send(object{"type": "ping"})
			bystander.until("pong")
		})
	}
	t.Run("token", func(t *testing.T) {
		c := s.user("token")
		made := c.want(201, "POST", "/api/v1/tokens", object{"name": "t"})
		script := s.client()
		script.token = s.secret(made.json["token"].(string))
		socket, bystander := script.socket(), c.socket()
		c.want(204, "DELETE", "/api/v1/tokens/"+made.json["id"].(string), nil)
		if got := socket.closed(); got != websocket.StatusPolicyViolation {
			t.Errorf("closed with %d", got)
		}
		bystander.send(object{"type": "ping"})
		bystander.until("pong")
	})
}

func userOf(c *client) (deemster.User, error) {
	account, err := c.gateway.store.UserByHandle(c.Context(), c.handle)
	return account.User, err
}

// Who does not read is cut off, and nobody waits for him.
func TestSocketSlowReader(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	slow, quick := ada.socket(), ada.socket()
	id := ada.submit("print(1)")
	// Before long this is more than the kernel's buffers and the queue hold.
	event := deemster.Event{Submission: id, User: "ada", Progress: &deemster.Progress{
		Submission: id, State: deemster.StateJudging, Stage: strings.Repeat("x", 64<<10),
	}}
	tell := func() {
		s.bus.Publish(event)
		for m := quick.until("progress"); m["stage"] != event.Progress.Stage; m = quick.until("progress") {
		}
	}
	told := 0
	for ; s.gateway.sockets.count() == 2; told++ {
		tell()
	}
	if told < socketQueue/len(event.Progress.Stage) {
		t.Errorf("cut off after %d messages, before the queue was full", told)
	}
	for range 10 {
		tell()
	}
	if got := slow.closed(); got != -1 {
		t.Errorf("closed with %d, want without a word", got)
	}
}

func TestSocketStop(t *testing.T) {
	s := newTestSite(t, nil)
	socket := s.user("ada").socket()
	s.gateway.sockets.closeAll()
	if got := socket.closed(); got != websocket.StatusGoingAway {
		t.Errorf("closed with %d", got)
	}
}
