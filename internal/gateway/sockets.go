package gateway

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// sockets are the WebSockets open in this process.
type sockets struct {
	mu     sync.Mutex
	all    map[*socket]bool
	ofUser map[string]int // by id
	open   sync.WaitGroup
	closed bool
}

func newSockets() *sockets {
	return &sockets{all: map[*socket]bool{}, ofUser: map[string]int{}}
}

// add notes a socket, or says why there can't be another.
func (ss *sockets) add(s *socket) error {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.closed {
		return &deemster.Error{Kind: deemster.Unavailable, Title: "the server stops; connect again", RetryAfter: time.Second}
	}
	if ss.ofUser[s.who.user.ID] >= socketsOfUser {
		return &deemster.Error{
			Kind: deemster.Limited, RetryAfter: socketPing,
			Title: fmt.Sprintf("an account has at most %d WebSockets open", socketsOfUser),
		}
	}
	ss.open.Add(1)
	ss.all[s] = true
	ss.ofUser[s.who.user.ID]++
	return nil
}

func (ss *sockets) remove(s *socket) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	defer ss.open.Done()
	delete(ss.all, s)
	if ss.ofUser[s.who.user.ID]--; ss.ofUser[s.who.user.ID] == 0 {
		delete(ss.ofUser, s.who.user.ID)
	}
}

func (ss *sockets) count() int {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return len(ss.all)
}

func (ss *sockets) list() []*socket {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	list := make([]*socket, 0, len(ss.all))
	for s := range ss.all {
		list = append(list, s)
	}
	return list
}

// revoke ends the sockets that were opened with what is revoked.
func (ss *sockets) revoke(r bus.Revocation) {
	for _, s := range ss.list() {
		if r.Session != "" && r.Session == s.who.session ||
			r.Token != "" && r.Token == s.who.token ||
			r.User != "" && r.User == s.who.user.ID {
			s.end(websocket.StatusPolicyViolation, "the session or token has ended, or the account has changed")
		}
	}
}

// closeAll ends every socket, for the process stops, and waits until they have ended.
func (ss *sockets) closeAll() {
	defer ss.open.Wait()
	ss.mu.Lock()
	ss.closed = true
	ss.mu.Unlock()
	for _, s := range ss.list() {
		s.end(websocket.StatusGoingAway, "the server stops; connect again")
	}
}

const (
	recheckInterval = time.Second
	recheckAtMost   = 200 // sockets in one interval
)

// recheckSockets looks whether the log-ins behind open sockets still hold, until ctx ends:
// one may have expired, or been ended in the database by another way than this gateway's,
// or the word of it was lost on the bus. With few sockets each is looked at every second,
// with many in turn.
func (g *Gateway) recheckSockets(ctx context.Context) {
	ticker := time.NewTicker(recheckInterval)
	defer ticker.Stop()
	var turn []*socket
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if len(turn) == 0 {
			turn = g.sockets.list()
		}
		n := min(len(turn), recheckAtMost)
		for _, s := range turn[:n] {
			g.recheckSocket(ctx, s)
		}
		turn = turn[n:]
	}
}

func (g *Gateway) recheckSocket(ctx context.Context, s *socket) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	now := *s.who // a copy: the socket's own is read elsewhere
	if deemster.KindOf(g.recognise(ctx, &now)) == deemster.Unauthorized {
		s.end(websocket.StatusPolicyViolation, "the session or token has ended, or the account is disabled")
	}
}
