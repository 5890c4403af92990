package executor

import (
	"slices"

	"github.com/deemster-oj/deemster"
)

// strides say how far a lane steps back in the order each time it is served: the smaller,
// the more often its turn comes. While all lanes have work, of fifteen jobs eight are of a
// contest, four premium, two practice and one is judged again.
var strides = map[deemster.Lane]int64{
	deemster.LaneContest:  1,
	deemster.LanePremium:  2,
	deemster.LanePractice: 4,
	deemster.LaneRejudge:  8,
}

// turns decides in which order the lanes are asked for work: stride scheduling. Every
// lane has a place on a line; the one furthest behind is asked first, and the one that
// had work steps ahead by its stride. No lane with work waits for ever, and a lane
// without work saves up no turns.
type turns struct {
	place map[deemster.Lane]int64
}

func newTurns() *turns { return &turns{place: map[deemster.Lane]int64{}} }

// order lists all lanes, the one whose turn it is first; of equals the more urgent.
func (t *turns) order() []deemster.Lane {
	lanes := slices.Clone(deemster.Lanes)
	slices.SortStableFunc(lanes, func(a, b deemster.Lane) int {
		switch {
		case t.place[a] < t.place[b]:
			return -1
		case t.place[a] > t.place[b]:
			return 1
		}
		return 0
	})
	return lanes
}

// served tells that lane had work and that those before it in order had none.
func (t *turns) served(order []deemster.Lane, lane deemster.Lane) {
	at := slices.Index(order, lane)
	if at < 0 {
		return // a ticket may claim any lane; it is judged and no lane pays for it
	}
	here := t.place[lane]
	for _, before := range order[:at] {
		t.place[before] = here
	}
	t.place[lane] = here + strides[lane]
}
