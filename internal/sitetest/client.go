package sitetest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/deemster-oj/deemster"
)

// judgedWithin bounds the wait for one verdict. It is generous: a test of the order of
// things must not fail because a machine is slow.
const judgedWithin = 3 * time.Minute

// Client talks with a site as one user, or as nobody. It finds the site again after a
// restart.
type Client struct {
	Handle string
	Token  deemster.Secret

	t    testing.TB
	site *Site
}

// Answer is an answer as it came.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Visitor is somebody who has not logged in.
func (s *Site) Visitor() *Client { return &Client{t: s.t, site: s} }

// Register makes an account and a token for it.
func (s *Site) Register(handle string) *Client {
	s.t.Helper()
	password := "the password of " + handle
	visitor := s.Visitor()
	visitor.Must(http.StatusCreated, "POST", "/api/v1/register", map[string]string{
		"handle": handle, "email": handle + "@example.org", "password": password,
	}, nil)
	return s.LogIn(handle, password)
}

// LogIn logs in and makes a token.
func (s *Site) LogIn(handle, password string) *Client {
	s.t.Helper()
	answer := s.Visitor().Do("POST", "/api/v1/login", map[string]string{"handle": handle, "password": password})
	cookies := (&http.Response{Header: answer.Header}).Cookies()
	if answer.Status >= 300 || len(cookies) == 0 {
		s.t.Fatalf("log in as %s: %d %s", handle, answer.Status, answer.Body)
	}
	var made struct {
		Token string `json:"token"`
	}
	request := s.Visitor().request("POST", "/api/v1/tokens", map[string]string{"name": "test"})
	request.AddCookie(cookies[0])
	token := s.Visitor().send(request)
	if err := json.Unmarshal(token.Body, &made); err != nil || made.Token == "" {
		s.t.Fatalf("make a token: %d %s", token.Status, token.Body)
	}
	return &Client{Handle: handle, Token: deemster.Secret(made.Token), t: s.t, site: s}
}

// Do sends body as JSON, or as it is when it is []byte, and gives the answer.
func (c *Client) Do(method, path string, body any) Answer {
	c.t.Helper()
	return c.send(c.request(method, path, body))
}

// Must is Do when only one status will do; the answer's JSON goes to into, unless nil.
func (c *Client) Must(status int, method, path string, body, into any) {
	c.t.Helper()
	answer := c.Do(method, path, body)
	if answer.Status != status {
		c.t.Fatalf("%s %s: %d, want %d: %s", method, path, answer.Status, status, answer.Body)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		c.t.Fatalf("%s %s: %v: %s", method, path, err, answer.Body)
	}
}

func (c *Client) request(method, path string, body any) *http.Request {
	c.t.Helper()
	content, raw := body.([]byte)
	if !raw && body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			c.t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.site.URL+path, bytes.NewReader(content))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+string(c.Token))
	}
	return request
}

func (c *Client) send(request *http.Request) Answer {
	c.t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatalf("%s %s: %v", request.Method, request.URL.Path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", request.Method, request.URL.Path, err)
	}
	return Answer{response.StatusCode, response.Header, body}
}

// Source is a program to hand in.
type Source struct {
	Problem  string `json:"problem"`
	Language string `json:"language"`
	Source   string `json:"source"`
}

// Submit hands a program in.
func (c *Client) Submit(source Source) deemster.Submission {
	c.t.Helper()
	var s deemster.Submission
	c.Must(http.StatusCreated, "POST", "/api/v1/submissions", source, &s)
	return s
}

// Submission gives a submission as it is now.
func (c *Client) Submission(id string) deemster.Submission {
	c.t.Helper()
	var s deemster.Submission
	c.Must(http.StatusOK, "GET", "/api/v1/submissions/"+url.PathEscape(id), nil, &s)
	return s
}

// Judged waits for a submission's verdict.
func (c *Client) Judged(id string) deemster.Submission {
	c.t.Helper()
	for deadline := time.Now().Add(judgedWithin); ; {
		var s deemster.Submission
		c.Must(http.StatusOK, "GET", "/api/v1/submissions/"+url.PathEscape(id)+"?wait=10s", nil, &s)
		if s.State == deemster.StateDone {
			return s
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("submission %s has no verdict after %s: it is %s, attempt %d", id, judgedWithin, s.State, s.Attempt)
		}
	}
}

// SocketURL is where a WebSocket is opened.
func (s *Site) SocketURL() string {
	return "ws" + strings.TrimPrefix(s.URL, "http") + "/api/v1/ws"
}
