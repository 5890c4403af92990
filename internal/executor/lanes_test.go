package executor

import (
	"testing"

	"github.com/deemster-oj/deemster"
)

// serve plays n turns against a queue in which only the lanes in work have tickets.
func serve(t *turns, n int, work ...deemster.Lane) map[deemster.Lane]int {
	counts := map[deemster.Lane]int{}
	has := map[deemster.Lane]bool{}
	for _, lane := range work {
		has[lane] = true
	}
	for range n {
		order := t.order()
		for _, lane := range order {
			if has[lane] {
				t.served(order, lane)
				counts[lane]++
				break
			}
		}
	}
	return counts
}

func TestLanesShareByWeight(t *testing.T) {
	got := serve(newTurns(), 1500, deemster.Lanes...)
	want := map[deemster.Lane]int{
		deemster.LaneContest: 800, deemster.LanePremium: 400,
		deemster.LanePractice: 200, deemster.LaneRejudge: 100,
	}
	for lane, n := range want {
		if got[lane] < n-8 || got[lane] > n+8 {
			t.Errorf("%s: served %d of 1500 times, want about %d", lane, got[lane], n)
		}
	}
}

func TestNoTurnIsWasted(t *testing.T) {
	for _, lane := range deemster.Lanes {
		if got := serve(newTurns(), 100, lane)[lane]; got != 100 {
			t.Errorf("%s alone: served %d of 100 times", lane, got)
		}
	}
}

func TestAnIdleLaneSavesUpNothing(t *testing.T) {
	turns := newTurns()
	serve(turns, 1000, deemster.LaneRejudge)
	got := serve(turns, 30, deemster.Lanes...)
	if got[deemster.LaneRejudge] == 0 || got[deemster.LanePractice] == 0 {
		t.Errorf("after a long time of nothing but rejudging, two rounds served %v: a lane starved", got)
	}
	if got[deemster.LaneContest] < 14 {
		t.Errorf("after a long time of nothing but rejudging, two rounds served %v: want contest about 16 of 30", got)
	}
	serve(turns, 1000, deemster.LaneContest)
	if got := serve(turns, 15, deemster.LaneContest, deemster.LaneRejudge); got[deemster.LaneRejudge] > 3 {
		t.Errorf("the lane that had been idle was served %d of 15 times: it saved up turns", got[deemster.LaneRejudge])
	}
}
