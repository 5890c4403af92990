package main

// fenwick counts numbers from 1 to n, and how many are up to a bound, in O(log n) each.
type fenwick []int

func newFenwick(n int) fenwick { return make(fenwick, n+1) }

func (f fenwick) add(number int) {
	for i := number; i < len(f); i += i & -i {
		f[i]++
	}
}

func (f fenwick) upTo(number int) (count int) {
	for i := number; i > 0; i &= i - 1 {
		count += f[i]
	}
	return count
}
