package gateway

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/deemster-oj/deemster"
)

// The WebSocket: one duplex connection on which a user submits and hears what becomes of
// it. Text frames, one JSON object each, "type" first.
//
//	client: submit, watch, unwatch, ping
//	server: accepted, error, progress, verdict, pong
//
// A user hears of the own submissions without asking. A reader that is too slow is
// disconnected: it reconnects, watches, and gets the present state.
const (
	subprotocol    = "deemster.v1"
	socketRead     = 512 << 10 // bytes in a message: a full source, each byte escaped
	socketQueue    = 1 << 20   // bytes that wait for a slow reader
	socketWatched  = 1000      // submissions watched at one time
	socketsOfUser  = 100       // sockets of one account on one gateway
	socketPing     = 30 * time.Second
	socketPatience = 20 * time.Second // for a write, or the answer to a ping
	socketFarewell = 500 * time.Millisecond
)

// clientMessage is any message from a client.
type clientMessage struct {
	Type       string `json:"type"`
	Ref        string `json:"ref"`
	Submission string `json:"submission"`
	Key        string `json:"idempotency_key"`
	submitRequest
}

// Messages to the client.
type (
	acceptedMessage struct {
		Type       string              `json:"type"` // "accepted"
		Ref        string              `json:"ref,omitempty"`
		Submission deemster.Submission `json:"submission"`
	}
	errorMessage struct {
		Type       string `json:"type"` // "error"
		Ref        string `json:"ref,omitempty"`
		Submission string `json:"submission,omitempty"` // that could not be watched
		*refusal
	}
	progressMessage struct {
		Type string `json:"type"` // "progress"
		deemster.Progress
	}
	verdictMessage struct {
		Type       string              `json:"type"` // "verdict"
		Submission deemster.Submission `json:"submission"`
	}
	pongMessage struct {
		Type string `json:"type"` // "pong"
		Ref  string `json:"ref,omitempty"`
	}
)

// socket is one connection.
type socket struct {
	g        *Gateway
	conn     *websocket.Conn
	who      *caller
	listener *listener
	cut      context.CancelFunc // ends the connection without a word

	mu      sync.Mutex
	ended   bool
	code    websocket.StatusCode // why it was ended
	reason  string
	holding bool            // events wait in held until the answer to a submit is queued
	held    [][]byte        //
	queue   [][]byte        // waits to be written
	bytes   int             // in queue, in held and being written
	chosen  map[string]bool // submissions watched (true) or unwatched (false) by request
	more    chan struct{}   // says that queue has something
}

// serveSocket answers the handshake and keeps the connection.
func (g *Gateway) serveSocket(w http.ResponseWriter, r *http.Request) {
	who := callerOf(r.Context())
	if err := loggedIn(who.user); err != nil {
		g.refuse(r.Context(), err).write(w)
		return
	}
	ctx, cut := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cut()
	s := &socket{g: g, who: who, cut: cut, chosen: map[string]bool{}, more: make(chan struct{}, 1)}
	if err := g.sockets.add(s); err != nil {
		g.refuse(r.Context(), err).write(w)
		return
	}
	defer g.sockets.remove(s)
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{subprotocol}, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil { // it has answered, with 403 to a page of another site
		g.log.Debug("gateway: no WebSocket", "err", err)
		return
	}
	defer func() { _ = conn.CloseNow() }()
	if !s.start(conn) {
		time.AfterFunc(socketFarewell, func() { _ = conn.CloseNow() })
		_ = conn.Close(s.code, s.reason)
		return
	}
	s.listener = &listener{progress: s.progress, done: s.done}
	g.hub.watchUser(s.listener, who.user.Handle)
	defer s.forget()
	go s.write(ctx)
	s.read(ctx)
}

// start makes the connection the socket's, unless it was ended during the handshake.
func (s *socket) start(conn *websocket.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn.SetReadLimit(socketRead)
	s.conn = conn
	return !s.ended
}

// forget takes back all that the socket listens to.
func (s *socket) forget() {
	s.g.hub.unwatchUser(s.listener, s.who.user.Handle)
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.chosen {
		s.g.hub.unwatch(s.listener, id)
	}
}

// end closes the connection: with the reason, if the client takes it quickly.
func (s *socket) end(code websocket.StatusCode, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	s.ended, s.code, s.reason = true, code, reason
	if s.conn == nil { // still in the handshake, after which it is said
		s.cut()
		return
	}
	time.AfterFunc(socketFarewell, s.cut)
	go func() { _ = s.conn.Close(code, reason) }()
}

// read handles what the client says, in turn, until the connection ends.
func (s *socket) read(ctx context.Context) {
	for {
		kind, data, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		if kind != websocket.MessageText {
			s.end(websocket.StatusUnsupportedData, "send text frames")
			continue // until the close handshake or the cut
		}
		if s.isEnded() {
			continue
		}
		var m clientMessage
		if err := decodeJSON(data, &m); err != nil {
			s.refuse(ctx, clientMessage{}, err)
			continue
		}
		s.handle(ctx, m)
	}
}

func (s *socket) isEnded() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// handle does what one message asks for. All but a ping counts as a request.
func (s *socket) handle(ctx context.Context, m clientMessage) {
	if m.Type == "ping" {
		s.send(pongMessage{"pong", m.Ref})
		return
	}
	g, user := s.g, s.who.user
	err := g.count(ctx, http.Header{}, "other", g.rates.Other,
		accountKey("other", user.ID), addressKey("other", s.who.address))
	if err != nil {
		s.refuse(ctx, m, err)
		return
	}
	switch m.Type {
	case "submit":
		s.hold()
		defer s.release()
		var submission deemster.Submission
		if submission, err = g.submit(ctx, s.who, m.submitRequest, m.Key); err == nil {
			s.send(acceptedMessage{"accepted", m.Ref, withoutSources(submission)})
			s.follow(submission.ID)
		}
	case "watch":
		err = s.watch(ctx, m.Submission)
	case "unwatch":
		err = s.unwatch(m.Submission)
	default:
		err = deemster.FieldErrorf("type", "want submit, watch, unwatch or ping")
	}
	if err != nil {
		s.refuse(ctx, m, err)
	}
}

func (s *socket) refuse(ctx context.Context, m clientMessage, err error) {
	s.send(errorMessage{"error", m.Ref, m.Submission, s.g.refuse(ctx, err)})
}

// watch makes the socket hear of a submission and tells its present state.
func (s *socket) watch(ctx context.Context, id string) error {
	if err := s.choose(id, true); err != nil {
		return err
	}
	// Listen first and read then: what happens in between is not missed.
	s.g.hub.watch(s.listener, id)
	submission, err := s.g.submission(ctx, s.who.user, id)
	if err != nil {
		s.drop(id)
		return err
	}
	s.tell(submission)
	return nil
}

// follow watches a submission that was made on this socket, so that it is asked for when
// no event comes. With too many watched already, events alone must do.
func (s *socket) follow(id string) {
	if s.choose(id, true) == nil {
		s.g.hub.watch(s.listener, id)
	}
}

// unwatch makes the socket hear no more of a submission, be it the user's own.
func (s *socket) unwatch(id string) error {
	s.g.hub.unwatch(s.listener, id)
	return s.choose(id, false)
}

func (s *socket) choose(id string, watched bool) error {
	if !looksLikeID(id) {
		return deemster.Errorf(deemster.NotFound, "no such submission")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, had := s.chosen[id]; !had && len(s.chosen) >= socketWatched {
		return deemster.FieldErrorf("submission", "one connection watches at most %d submissions", socketWatched)
	}
	s.chosen[id] = watched
	return nil
}

// drop forgets what was asked for about a submission.
func (s *socket) drop(id string) {
	s.g.hub.unwatch(s.listener, id)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.chosen, id)
}

func (s *socket) unwanted(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	watched, chosen := s.chosen[id]
	return chosen && !watched
}

// progress is the listener's.
func (s *socket) progress(e deemster.Event) {
	if s.unwanted(e.Submission) {
		return
	}
	p := *e.Progress
	p.Submission = e.Submission
	if p.Last != nil && !maySeeAll(s.who.user) {
		last := viewTest(*p.Last)
		p.Last = &last
	}
	s.sendEvent(progressMessage{"progress", p})
}

// done is the listener's.
func (s *socket) done(submission deemster.Submission) {
	if s.unwanted(submission.ID) || !maySee(s.who.user, submission) {
		return
	}
	s.tell(view(s.who.user, submission))
	if submission.State == deemster.StateDone && submission.User == s.who.user.Handle {
		s.drop(submission.ID) // if it is judged again, its user's events tell
	}
}

// tell sends a submission's state: its verdict, or how far it is.
func (s *socket) tell(submission deemster.Submission) {
	if submission.State == deemster.StateDone {
		s.sendEvent(verdictMessage{"verdict", withoutSources(submission)})
		return
	}
	p := deemster.Progress{
		Submission: submission.ID, Attempt: submission.Attempt, State: submission.State,
		TestsDone: submission.TestsDone, TestsTotal: submission.TestsTotal,
	}
	if submission.Queue != nil {
		p.Position = submission.Queue.Position
	}
	s.sendEvent(progressMessage{"progress", p})
}

// withoutSources leaves out what the client need not be told again and again.
func withoutSources(s deemster.Submission) deemster.Submission {
	s.Files = nil
	return s
}

// hold makes events wait, so that a submission's own come after its acceptance.
func (s *socket) hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = true
}

// release lets them go.
func (s *socket) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = false
	s.queue = append(s.queue, s.held...)
	s.held = nil
	s.wake()
}

func (s *socket) send(message any)      { s.enqueue(message, false) }
func (s *socket) sendEvent(message any) { s.enqueue(message, true) }

// enqueue never waits. A client that lets too much wait is cut off.
func (s *socket) enqueue(message any, event bool) {
	data, err := json.Marshal(message)
	if err != nil {
		s.g.log.Error("gateway: message not encoded", "err", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.ended:
		return
	case s.bytes > 0 && s.bytes+len(data) > socketQueue:
		s.ended = true
		s.g.metrics.slow.Inc()
		s.cut()
		return
	}
	s.bytes += len(data)
	if event && s.holding {
		s.held = append(s.held, data)
		return
	}
	s.queue = append(s.queue, data)
	s.wake()
}

func (s *socket) wake() {
	select {
	case s.more <- struct{}{}:
	default:
	}
}

// write writes the queue, and pings, until the connection ends.
func (s *socket) write(ctx context.Context) {
	ticker := time.NewTicker(socketPing)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			go s.ping(ctx)
		case <-s.more:
		}
		for data := s.next(); data != nil; data = s.next() {
			if err := s.writeOne(ctx, data); err != nil {
				s.cut()
				return
			}
		}
	}
}

func (s *socket) next() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || len(s.queue) == 0 {
		return nil
	}
	data := s.queue[0]
	s.queue = s.queue[1:]
	return data
}

func (s *socket) writeOne(ctx context.Context, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, socketPatience)
	defer cancel()
	err := s.conn.Write(ctx, websocket.MessageText, data)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes -= len(data)
	return err
}

// ping finds out about a client that has gone without a word.
func (s *socket) ping(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, socketPatience)
	defer cancel()
	if err := s.conn.Ping(ctx); err != nil {
		s.cut()
	}
}
