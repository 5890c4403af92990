package lang

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest are the ids of the three languages whose id or name is most like what somebody
// wrote.
func Nearest(languages []Language, written string) []string {
	type candidate struct {
		id       string
		distance int
	}
	written = strings.ToLower(written)
	var candidates []candidate
	for _, l := range languages {
		d := min(distance(written, l.ID), distance(written, strings.ToLower(l.Name)))
		if slices.Contains(l.Extensions, written) {
			d = 0
		}
		candidates = append(candidates, candidate{l.ID, d})
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var ids []string
	for _, c := range candidates[:min(3, len(candidates))] {
		ids = append(ids, c.id)
	}
	return ids
}

// distance is how many characters must be added, removed or replaced to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1) // of a's beginning so far to b's beginnings
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := corner
			if a[i] != b[j] {
				replaced++
			}
			corner = row[j+1]
			row[j+1] = min(replaced, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
