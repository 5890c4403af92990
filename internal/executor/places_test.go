package executor

import (
	"testing"
	"testing/synctest"
)

// Who runs tests side by side gives a spare place back after each test and asks again at
// once. A submission that waits gets it before.
func TestSubmissionBeforeSpare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(2, func() {})
		p.take()
		release, ok := p.spare()
		if !ok {
			t.Fatal("there is no spare place")
		}
		if !p.await(t.Context()) {
			t.Fatal("a place that is only lent keeps submissions away")
		}
		taken := false
		go func() {
			p.take()
			taken = true
		}()
		synctest.Wait()
		if taken {
			t.Fatal("a place was taken that there is not")
		}
		release()
		if _, ok := p.spare(); ok {
			t.Error("the place was lent again, and a submission waits")
		}
		synctest.Wait()
		if !taken {
			t.Error("the submission still waits")
		}
		p.giveBack(nil)
		if _, ok := p.spare(); !ok {
			t.Error("nobody waits, and a free place is not lent")
		}
	})
}
