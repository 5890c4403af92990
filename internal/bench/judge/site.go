package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/lang"
	"github.com/deemster-oj/deemster/internal/sandbox/engine"
	"github.com/deemster-oj/deemster/internal/sandbox/image"
)

const password = "an administrator of benches"

// prepare does what a machine does once for its languages, and tells which it has.
func prepare(ctx context.Context, box string) (there map[string]bool, err error) {
	languages, err := lang.Load(nil)
	if err != nil {
		return nil, err
	}
	languages = slices.DeleteFunc(languages, func(l lang.Language) bool {
		return !slices.ContainsFunc(contests, func(c contest) bool { return c.language == l.ID })
	})
	cache, err := lang.DefaultCacheDir()
	if err == nil {
		err = os.MkdirAll(cache, 0o755)
	}
	if err != nil {
		return nil, err
	}
	boxes, err := engine.Open(ctx, box, engine.Config{
		Slots: 1, Pool: 1, ReadOnly: []image.Dir{{Host: cache, Box: lang.CacheDir}}, Log: slog.Default(),
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, boxes.Close()) }()
	ready, _, err := lang.Detect(ctx, boxes, languages, cache)
	there = map[string]bool{}
	for _, l := range ready {
		there[l.ID] = true
		err = errors.Join(err, l.Warm(ctx, boxes, cache))
	}
	return there, err
}

// site is a server with all roles, as `deemster serve` starts it, and the administrator's
// connection to it.
type site struct {
	process *exec.Cmd
	url     string
	cookie  *http.Cookie
	socket  *websocket.Conn
	news    chan message
}

// start builds the server, starts it with empty stores and gives it the problems.
func start(ctx context.Context, dir, box string) (s *site, err error) {
	binary := filepath.Join(dir, "deemster")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "./cmd/deemster")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the server: %w\n%s", err, said)
	}
	s = &site{process: exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(dir, "data"),
		"--samples=false", "--box", box, "--rate", "submit=0", "--rate", "other=0")}
	s.process.Env = append(os.Environ(), "DEEMSTER_ADMIN_PASSWORD="+password)
	s.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.process.Stderr = log
	output, err := s.process.StdoutPipe()
	if err == nil {
		err = s.process.Start()
	}
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			said, _ := os.ReadFile(log.Name())
			err = errors.Join(fmt.Errorf("%w\nthe server's log:\n%s", err, said), s.stop())
		}
	}()
	lines := bufio.NewScanner(output)
	for s.url == "" && lines.Scan() {
		_, s.url, _ = strings.Cut(lines.Text(), "ready at ")
	}
	if s.url == "" {
		return s, errors.New("the server ended before it was ready")
	}
	go func() { _, _ = io.Copy(io.Discard, output) }()
	return s, s.enter(ctx)
}

func (s *site) stop() error {
	if s.socket != nil {
		_ = s.socket.CloseNow()
	}
	_ = s.process.Process.Signal(syscall.SIGTERM)
	return s.process.Wait()
}

// enter logs in, brings the problems and opens the WebSocket.
func (s *site) enter(ctx context.Context) error {
	answer, _, err := s.post(ctx, "/api/v1/login", map[string]string{"handle": "admin", "password": password})
	if err != nil {
		return err
	}
	if cookies := answer.Cookies(); len(cookies) > 0 {
		s.cookie = cookies[0]
	}
	for slug, n := range map[string]int{"ten": testsTen, "hundred": testsHundred} {
		content, err := problem(n)
		if err != nil {
			return err
		}
		if _, _, err := s.post(ctx, "/api/v1/packages?slug="+slug, content); err != nil {
			return err
		}
	}
	header := http.Header{"Cookie": {s.cookie.String()}, "Origin": {s.url}}
	s.socket, _, err = websocket.Dial(ctx, s.url+"/api/v1/ws", &websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{"deemster.v1"}})
	if err != nil {
		return err
	}
	s.socket.SetReadLimit(-1)
	s.news = make(chan message, 1000)
	go s.listen(ctx)
	return nil
}

// problem makes a package of A+B with n tests.
func problem(n int) ([]byte, error) {
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	files := map[string]string{
		"problem.yaml":            "problem_format_version: 2023-07-draft\nname: A + B\nuuid: 4f0e6a52-7a0f-4a43-9d0e-0d4a4f6f5e0a\nlimits:\n  time_limit: 2\n",
		"statement/problem.en.md": "Add two integers.\n",
	}
	for i := range n {
		name := fmt.Sprintf("data/secret/%03d", i)
		files[name+".in"], files[name+".ans"] = testCase(i)
	}
	for name, text := range files {
		file, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(file, text)
		}
		if err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return content.Bytes(), err
}

// post sends JSON, or bytes as they are.
func (s *site) post(ctx context.Context, path string, body any) (*http.Response, []byte, error) {
	content, raw := body.([]byte)
	kind := "application/zip"
	if !raw {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return nil, nil, err
		}
		kind = "application/json"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+path, bytes.NewReader(content))
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Origin", s.url)
	if s.cookie != nil {
		request.AddCookie(s.cookie)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s: %s", path, response.Status, said)
	}
	return response, said, err
}

// message is one of the server's, and when it came.
type message struct {
	deemster.Progress
	Type   string              `json:"type"`
	Result deemster.Submission `json:"-"`
	came   time.Time
	err    error
}

// listen takes what comes on the WebSocket.
func (s *site) listen(ctx context.Context) {
	for {
		var text json.RawMessage
		m := message{err: wsjson.Read(ctx, s.socket, &text), came: time.Now()}
		if m.err == nil {
			m.err = m.read(text)
		}
		s.news <- m
		if m.err != nil {
			return
		}
	}
}

func (m *message) read(text []byte) error {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return err
	}
	m.Type = kind.Type
	if m.Type == "verdict" {
		return json.Unmarshal(text, &struct {
			Submission *deemster.Submission `json:"submission"`
		}{&m.Result})
	}
	return json.Unmarshal(text, &m.Progress)
}

// judged hands a program in and follows it to its verdict.
func (b *bench) judged(ctx context.Context, c contest, slug string) (took stages, err error) {
	b.count++
	text, err := c.text(b.count)
	if err != nil {
		return took, err
	}
	start := time.Now()
	_, body, err := b.site.post(ctx, "/api/v1/submissions", map[string]string{"problem": slug, "language": c.language, "source": text})
	if err != nil {
		return took, err
	}
	var made deemster.Submission
	if err := json.Unmarshal(body, &made); err != nil {
		return took, err
	}
	reached := [stageCount]time.Time{accept: time.Now()}
	for reached[verdict].IsZero() {
		m := <-b.site.news
		if m.err != nil {
			return took, m.err
		}
		switch {
		case m.Type == "verdict" && m.Result.ID == made.ID:
			if m.Result.Verdict != deemster.Accepted {
				return took, fmt.Errorf("the verdict is %s: %s", m.Result.Verdict, m.Result.CompileLog)
			}
			reached[verdict] = m.came
		case m.Type != "progress" || m.Submission != made.ID:
		case m.Stage == "compiling":
			reached[queue] = m.came
		case m.Stage == "running" && m.TestsDone == 0:
			reached[compile] = m.came
		case m.TestsDone == m.TestsTotal:
			reached[tests] = m.came
		}
	}
	before := start
	for i, at := range reached {
		if at.After(before) { // an event may have been lost, and then its time is the next stage's
			took[i] = at.Sub(before)
			before = at
		}
	}
	return took, nil
}
