package gateway

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

func TestAccount(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("Ada")
	me := ada.want(200, "GET", "/api/v1/me", nil)
	if me.json["handle"] != "Ada" || me.json["role"] != "user" || me.json["plan"] != "free" || me.json["email"] != "Ada@example.org" {
		t.Errorf("me: %s", me.text)
	}
	other := s.client()
	for field, account := range map[string]object{
		"handle":   {"handle": "ADA", "email": "x@example.org", "password": "long enough"},
		"email":    {"handle": "bob", "email": "ada@EXAMPLE.org", "password": "long enough"},
		"password": {"handle": "bob", "email": "bob@example.org", "password": "short"},
	} {
		status := http.StatusConflict
		if field == "password" {
			status = http.StatusUnprocessableEntity
		}
		if got := other.want(status, "POST", "/api/v1/register", account); got.json["field"] != field {
			t.Errorf("register: %s, want field %s", got.text, field)
		}
	}
	other.want(401, "GET", "/api/v1/me", nil)

	wrong := other.want(401, "POST", "/api/v1/login", object{"handle": "ada", "password": s.secret("not-her-password")})
	absent := other.want(401, "POST", "/api/v1/login", object{"handle": "nobody", "password": "not-her-password"})
	if wrong.text != absent.text {
		t.Errorf("a wrong password and an unknown handle are told apart:\n%s\n%s", wrong.text, absent.text)
	}

	bad := ada.want(422, "PATCH", "/api/v1/me", object{"current_password": "wrong wrong", "email": "new@example.org"})
	if bad.json["field"] != "current_password" {
		t.Errorf("a wrong current password: %s", bad.text)
	}
	ada.want(200, "PATCH", "/api/v1/me", object{"current_password": "secret-of-Ada", "email": "new@example.org"})
	second := s.client()
	second.want(200, "POST", "/api/v1/login", object{"handle": "ada", "password": "secret-of-Ada"})
	ada.want(200, "PATCH", "/api/v1/me", object{"current_password": "secret-of-Ada", "password": s.secret("another-secret")})
	if got := ada.want(200, "GET", "/api/v1/me", nil); got.json["email"] != "new@example.org" {
		t.Errorf("me: %s", got.text)
	}
	second.want(401, "GET", "/api/v1/me", nil)
	second.want(401, "POST", "/api/v1/login", object{"handle": "ada", "password": "secret-of-Ada"})
	second.want(200, "POST", "/api/v1/login", object{"handle": "ada", "password": "another-secret"})

	ada.want(204, "POST", "/api/v1/logout", nil)
	ada.want(401, "GET", "/api/v1/me", nil)
	second.want(200, "GET", "/api/v1/me", nil)
	s.pass(sessionTime + time.Second)
	second.want(401, "GET", "/api/v1/me", nil)
}

func TestSessionCookie(t *testing.T) {
	s := newTestSite(t, nil)
	c := s.user("ada")
	login := object{"handle": "ada", "password": "secret-of-ada"}
	plain := c.want(200, "POST", "/api/v1/login", login)
	cookie := plain.header.Get("Set-Cookie")
	for _, part := range []string{"deemster_session=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=2592000"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("cookie %q lacks %s", cookie, part)
		}
	}
	if strings.Contains(cookie, "Secure") || plain.header.Get("Strict-Transport-Security") != "" {
		t.Errorf("a plain connection gets %q", cookie)
	}
	// The trusted proxy says that the client's own connection is encrypted.
	tls := c.want(200, "POST", "/api/v1/login", login, "X-Forwarded-Proto", "https")
	cookie = tls.header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-deemster_session=") || !strings.Contains(cookie, "; Secure") || tls.header.Get("Strict-Transport-Security") == "" {
		t.Errorf("an encrypted connection gets %q", cookie)
	}
	// A session set over a plain connection is not taken over an encrypted one.
	cookie = plainCookie(c)
	s.client().want(200, "GET", "/api/v1/me", nil, "Cookie", cookie)
	s.client().want(401, "GET", "/api/v1/me", nil, "X-Forwarded-Proto", "https", "Cookie", cookie)
}

func plainCookie(c *client) string {
	at, _ := url.Parse(c.server.URL)
	for _, cookie := range c.http.Jar.Cookies(at) {
		if cookie.Name == cookiePlain {
			return cookie.Name + "=" + cookie.Value
		}
	}
	return ""
}

func TestTokens(t *testing.T) {
	s := newTestSite(t, nil)
	ada, bob := s.user("ada"), s.user("bob")
	made := ada.want(201, "POST", "/api/v1/tokens", object{"name": "laptop"})
	secret, id := s.secret(made.json["token"].(string)), made.json["id"].(string)
	list := ada.want(200, "GET", "/api/v1/tokens", nil)
	if !strings.Contains(list.text, id) || strings.Contains(list.text, secret) {
		t.Errorf("tokens: %s", list.text)
	}
	script := s.client()
	script.token = secret
	if got := script.want(200, "GET", "/api/v1/me", nil); got.json["handle"] != "ada" {
		t.Errorf("me with a token: %s", got.text)
	}
	bob.want(404, "DELETE", "/api/v1/tokens/"+id, nil)
	script.want(200, "GET", "/api/v1/me", nil)
	ada.want(204, "DELETE", "/api/v1/tokens/"+id, nil)
	script.want(401, "GET", "/api/v1/me", nil)
	script.want(401, "GET", "/api/v1/languages", nil) // a bad token is never nobody

	short := ada.want(201, "POST", "/api/v1/tokens", object{"name": "short", "expires_at": s.clock().Add(time.Hour)})
	script.token = s.secret(short.json["token"].(string))
	script.want(200, "GET", "/api/v1/me", nil)
	s.pass(2 * time.Hour)
	script.want(401, "GET", "/api/v1/me", nil)
	ada.want(422, "POST", "/api/v1/tokens", object{"name": "past", "expires_at": s.clock().Add(-time.Hour)})
	for range maxTokens - 1 {
		ada.want(201, "POST", "/api/v1/tokens", object{"name": "many"})
	}
	ada.want(409, "POST", "/api/v1/tokens", object{"name": "one more"})
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := newTestSite(t, nil)
	ada := s.user("ada")
	for name, headers := range map[string][]string{
		"fetch metadata": {"Sec-Fetch-Site", "cross-site"},
		"a sister site":  {"Sec-Fetch-Site", "same-site"},
		"an origin":      {"Origin", "https://evil.example"},
	} {
		if got := ada.do("POST", "/api/v1/submissions", sum("x"), headers...); got.status != 403 {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	ada.want(201, "POST", "/api/v1/submissions", sum("x"), "Sec-Fetch-Site", "same-origin", "Origin", s.server.URL)
	got := ada.want(200, "GET", "/api/v1/me", nil, "Origin", "https://evil.example")
	if got.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("another site may read an account")
	}
}

func TestAdmin(t *testing.T) {
	s := newTestSite(t, nil)
	admin, ada, bob := s.admin(), s.user("ada"), s.user("Bob")
	for _, path := range []string{"/api/v1/admin/users", "/api/v1/admin/executors", "/api/v1/admin/queue"} {
		ada.want(403, "GET", path, nil)
		s.client().want(401, "GET", path, nil)
		admin.want(200, "GET", path, nil)
	}
	var handles []string
	cursor := ""
	for {
		page := admin.want(200, "GET", "/api/v1/admin/users?limit=2&cursor="+cursor, nil)
		for _, item := range page.json["items"].([]any) {
			handles = append(handles, item.(object)["handle"].(string))
		}
		next, more := page.json["next_cursor"].(string)
		if !more {
			break
		}
		cursor = next
	}
	if strings.Join(handles, " ") != "ada admin Bob" {
		t.Errorf("users: %v", handles)
	}
	ada.want(403, "PATCH", "/api/v1/admin/users/ada", object{"role": "admin"})
	admin.want(422, "PATCH", "/api/v1/admin/users/ada", object{"role": "superuser"})
	admin.want(404, "PATCH", "/api/v1/admin/users/nobody", object{"role": "setter"})
	admin.want(409, "PATCH", "/api/v1/admin/users/admin", object{"disabled": true})
	changed := admin.want(200, "PATCH", "/api/v1/admin/users/bob", object{"role": "setter", "plan": "premium"})
	if changed.json["role"] != "setter" || changed.json["plan"] != "premium" || changed.json["disabled"] != false {
		t.Errorf("changed: %s", changed.text)
	}
	if got := bob.want(201, "POST", "/api/v1/submissions", sum("x")); got.json["queue"].(object)["lane"] != string(deemster.LanePremium) {
		t.Errorf("a premium account's submission: %s", got.text)
	}
	admin.want(200, "PATCH", "/api/v1/admin/users/bob", object{"disabled": true})
	bob.want(401, "GET", "/api/v1/me", nil)
	bob.want(403, "POST", "/api/v1/login", object{"handle": "bob", "password": "secret-of-Bob"})
	bob.want(401, "POST", "/api/v1/login", object{"handle": "bob", "password": "wrong wrong"})

	if password, made, err := s.gateway.EnsureAdmin(t.Context()); password != "" || made || err != nil {
		t.Errorf("a second start made an administrator: %v, %v", made, err)
	}
}

func TestGeneratedAdminPassword(t *testing.T) {
	var first *Gateway
	s := newTestSite(t, func(c *Config) { c.AdminPassword = "" })
	first = s.gateway
	if _, made, err := first.EnsureAdmin(t.Context()); made || err != nil {
		t.Errorf("made again: %v, %v", made, err)
	}
	account, err := first.store.UserByHandle(t.Context(), "admin")
	if err != nil || account.Role != deemster.RoleAdmin {
		t.Fatalf("admin: %+v, %v", account.User, err)
	}
	if right, _, err := first.passwords.verify(t.Context(), account.PasswordHash, ""); right || err != nil {
		t.Errorf("the empty password opens admin: %v", err)
	}
}
