// try: instantiates a generic function with a type that doubles each time, for ever
// want: CE
// limits: compile=5s

package main

type pair[A, B any] struct {
	a A
	b B
}

func grow[A, B any](n int) {
	if n > 0 {
		grow[pair[A, B], pair[B, A]](n - 1)
	}
}

func main() { grow[int, string](1000) }
