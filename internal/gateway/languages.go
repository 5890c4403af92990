package gateway

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/deemster-oj/deemster"
)

const (
	// executorAlive is how long after its last word an executor counts as alive.
	executorAlive = deemster.LeaseTime
	// executorGrace is how long its languages still count: a restart must not make the
	// site refuse submissions.
	executorGrace = 2 * time.Minute
	// executorsKept bounds what is remembered.
	executorsKept = 10_000
)

// executors is what the gateway has heard of the executors.
type executors struct {
	clock func() time.Time
	mu    sync.Mutex
	known map[string]deemster.ExecutorInfo // by id; SeenAt is by our clock
}

func newExecutors(clock func() time.Time) *executors {
	return &executors{clock: clock, known: map[string]deemster.ExecutorInfo{}}
}

// hear notes an announcement. An older process of the same host that has gone silent was
// replaced by this one.
func (x *executors) hear(info deemster.ExecutorInfo) {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.clock()
	info.SeenAt = now
	if _, again := x.known[info.ID]; !again {
		maps.DeleteFunc(x.known, func(_ string, old deemster.ExecutorInfo) bool {
			return old.Host == info.Host && now.Sub(old.SeenAt) > executorAlive
		})
		if len(x.known) >= executorsKept {
			return
		}
	}
	x.known[info.ID] = info
}

// alive lists the executors heard of lately.
func (x *executors) alive() []deemster.ExecutorInfo { return x.seenWithin(executorAlive) }

func (x *executors) seenWithin(d time.Duration) []deemster.ExecutorInfo {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.clock()
	list := []deemster.ExecutorInfo{}
	for _, info := range x.known {
		if now.Sub(info.SeenAt) <= d {
			list = append(list, info)
		}
	}
	slices.SortFunc(list, func(a, b deemster.ExecutorInfo) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// languages lists every language that an executor knows, in the order of their ids. One
// is available when any executor has it. When no executor has been heard of for a while,
// those of old speak for them: submissions wait until they are back.
func (x *executors) languages() []deemster.LanguageInfo {
	speakers := x.seenWithin(executorGrace)
	if len(speakers) == 0 {
		speakers = x.seenWithin(1<<63 - 1)
	}
	byID := map[string]deemster.LanguageInfo{}
	for _, info := range speakers {
		for _, l := range info.Languages {
			if had, ok := byID[l.ID]; !ok || !had.Available && l.Available {
				byID[l.ID] = l
			}
		}
	}
	return slices.SortedFunc(maps.Values(byID), func(a, b deemster.LanguageInfo) int { return cmp.Compare(a.ID, b.ID) })
}

// language finds one to submit in, or says why that can't be.
func (x *executors) language(id string) (deemster.LanguageInfo, error) {
	all := x.languages()
	if len(all) == 0 {
		return deemster.LanguageInfo{}, &deemster.Error{
			Kind: deemster.Unavailable, Title: "no executor has been heard of, so no language is known; try again shortly",
			RetryAfter: 5 * time.Second,
		}
	}
	for _, l := range all {
		switch {
		case l.ID != id:
		case l.Available:
			return l, nil
		case l.Missing == "":
			return l, deemster.FieldErrorf("language", "%s is not available on any executor", l.Name)
		default:
			return l, deemster.FieldErrorf("language", "%s is not available on any executor: %s", l.Name, l.Missing)
		}
	}
	return deemster.LanguageInfo{}, deemster.FieldErrorf("language", "no such language; GET /api/v1/languages lists them")
}
