package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
	"github.com/deemster-oj/deemster/internal/bus"
)

// listener hears of submissions. Its functions are called by the bus's own goroutine and
// must not wait.
type listener struct {
	progress func(deemster.Event)      // may be nil
	done     func(deemster.Submission) // with all that is known
}

// hub passes events on to whoever listens in this process. Events are hints that may be
// lost; what is listened to and has been silent for long is asked for again.
type hub struct {
	get   func(ctx context.Context, id string) (deemster.Submission, error)
	clock func() time.Time

	mu           sync.Mutex
	bySubmission map[string]*topic
	byUser       map[string]map[*listener]bool
}

// topic is a submission that somebody listens to.
type topic struct {
	listeners map[*listener]bool
	heard     time.Time
}

func newHub(get func(context.Context, string) (deemster.Submission, error), clock func() time.Time) *hub {
	return &hub{get: get, clock: clock, bySubmission: map[string]*topic{}, byUser: map[string]map[*listener]bool{}}
}

// watch makes l hear of a submission.
func (h *hub) watch(l *listener, submission string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.bySubmission[submission]
	if t == nil {
		t = &topic{listeners: map[*listener]bool{}, heard: h.clock()}
		h.bySubmission[submission] = t
	}
	t.listeners[l] = true
}

// unwatch takes that back.
func (h *hub) unwatch(l *listener, submission string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := h.bySubmission[submission]; t != nil {
		delete(t.listeners, l)
		if len(t.listeners) == 0 {
			delete(h.bySubmission, submission)
		}
	}
}

// watchUser makes l hear of every submission of the user with this handle.
func (h *hub) watchUser(l *listener, handle string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.byUser[handle] == nil {
		h.byUser[handle] = map[*listener]bool{}
	}
	h.byUser[handle][l] = true
}

// unwatchUser takes that back.
func (h *hub) unwatchUser(l *listener, handle string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.byUser[handle], l)
	if len(h.byUser[handle]) == 0 {
		delete(h.byUser, handle)
	}
}

// listeners are those of the submission and of its user, each once.
func (h *hub) listeners(submission, user string) []*listener {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []*listener
	for l := range h.byUser[user] {
		all = append(all, l)
	}
	if t := h.bySubmission[submission]; t != nil {
		t.heard = h.clock()
		for l := range t.listeners {
			if !h.byUser[user][l] {
				all = append(all, l)
			}
		}
	}
	return all
}

// hear passes an event on. It does not wait.
func (h *hub) hear(ctx context.Context, e deemster.Event) {
	listeners := h.listeners(e.Submission, e.User)
	switch {
	case len(listeners) == 0:
	case e.Done:
		go h.tell(ctx, e.Submission, listeners)
	case e.Progress != nil:
		for _, l := range listeners {
			if l.progress != nil {
				l.progress(e)
			}
		}
	}
}

// tellTries bounds how often a submission is asked for while the submission role is away.
const tellTries = 10

// tell reads a submission once and passes it on to all.
func (h *hub) tell(ctx context.Context, submission string, listeners []*listener) {
	for try := range tellTries {
		s, err := h.get(ctx, submission)
		if err == nil {
			for _, l := range listeners {
				l.done(s)
			}
			return
		}
		if deemster.KindOf(err) != deemster.Unavailable {
			return
		}
		select {
		case <-time.After(time.Duration(try+1) * 100 * time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

const (
	// silence is after how long a submission is asked for because nothing was heard.
	silence      = 20 * time.Second
	silenceCheck = 5 * time.Second
)

// recheck asks for what has been silent, until ctx ends.
func (h *hub) recheck(ctx context.Context) {
	ticker := time.NewTicker(silenceCheck)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for _, submission := range h.silent() {
			go h.tell(ctx, submission, h.listeners(submission, ""))
		}
	}
}

func (h *hub) silent() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock()
	var ids []string
	for id, t := range h.bySubmission {
		if now.Sub(t.heard) >= silence {
			ids = append(ids, id)
		}
	}
	return ids
}

// await reads a submission, and if it is not done waits until it is, at most the given
// time; then it is answered as it is.
func (g *Gateway) await(ctx context.Context, u *deemster.User, id string, atMost time.Duration) (deemster.Submission, error) {
	if atMost == 0 {
		return g.submission(ctx, u, id)
	}
	done := make(chan struct{}, 1)
	l := &listener{done: func(s deemster.Submission) {
		if s.State == deemster.StateDone {
			select {
			case done <- struct{}{}:
			default:
			}
		}
	}}
	// Listen first and read then: what happens in between is not missed.
	g.hub.watch(l, id)
	defer g.hub.unwatch(l, id)
	s, err := g.submission(ctx, u, id)
	if err != nil || s.State == deemster.StateDone {
		return s, err
	}
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	case <-g.stopping:
	case <-ctx.Done():
		return s, ctx.Err()
	}
	return g.submission(ctx, u, id)
}

// submission reads one as u may see it. Somebody else's is as if it were not there.
func (g *Gateway) submission(ctx context.Context, u *deemster.User, id string) (deemster.Submission, error) {
	absent := deemster.Errorf(deemster.NotFound, "no such submission")
	if !looksLikeID(id) {
		return deemster.Submission{}, absent
	}
	s, err := g.getSubmission(ctx, id)
	switch {
	case deemster.KindOf(err) == deemster.NotFound, err == nil && !maySee(u, s):
		return deemster.Submission{}, absent
	case err != nil:
		return deemster.Submission{}, err
	}
	return view(u, s), nil
}

func (g *Gateway) getSubmission(ctx context.Context, id string) (deemster.Submission, error) {
	return ask(ctx, g, bus.GetSubmission, bus.ByID{ID: id})
}
