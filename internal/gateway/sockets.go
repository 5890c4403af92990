package gateway

import (
	"context"
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
}

func newSockets() *sockets {
	return &sockets{all: map[*socket]bool{}, ofUser: map[string]int{}}
}

// add notes a socket, unless its user has too many.
func (ss *sockets) add(s *socket) bool {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.ofUser[s.who.user.ID] >= socketsOfUser {
		return false
	}
	ss.all[s] = true
	ss.ofUser[s.who.user.ID]++
	return true
}

func (ss *sockets) remove(s *socket) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
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

// closeAll ends every socket, for the process stops.
func (ss *sockets) closeAll() {
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
