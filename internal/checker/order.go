package checker

import "github.com/deemster-oj/deemster"

// maxOrdered is how much of either side is looked at behind a difference.
const maxOrdered = 1 << 20

// order finds out whether, from the first difference on, the two sides are the same tokens
// in another order. It is for the words alone: a frequent mistake, and one that is hard to
// see from the first difference.
type order struct {
	got, want *lines
	room      int // bytes of the output that may still come
}

// newOrder begins with what has been passed of the tokens that differ.
func newOrder(flags deemster.Checker, got, want []byte) *order {
	flags.SpaceSensitive = false
	keys := newKeys()
	o := &order{got: newLines(flags, keys, nil), want: newLines(flags, keys, nil), room: maxOrdered}
	o.got.split, o.want.split = true, true
	o.got.write(got)
	o.want.write(want)
	return o
}

// write takes the next bytes of the output.
func (o *order) write(output []byte) {
	if o == nil {
		return
	}
	if o.room -= len(output); o.room >= 0 {
		o.got.write(output)
	}
}

// same reads the rest of the answer and reports whether the tokens are the same.
func (o *order) same(answer *window) bool {
	if o == nil || o.room < 0 {
		return false
	}
	for room := maxOrdered; ; answer.more() {
		if room -= len(answer.rest()); room < 0 {
			return false
		}
		o.want.write(answer.rest())
		answer.at = len(answer.bytes)
		if answer.ended {
			break
		}
	}
	o.got.end()
	o.want.end()
	return answer.err == nil && o.got.sum == o.want.sum
}
