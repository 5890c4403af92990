// Too slow: widens the light metre by metre.
package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, lights int
	fmt.Fscan(in, &n, &lights)
	positions := make([]int, n)
	for i := range positions {
		fmt.Fscan(in, &positions[i])
	}
	slices.Sort(positions)
	width := 0
	for needed(positions, width) > lights {
		width++
	}
	fmt.Println(width)
}

func needed(positions []int, width int) int {
	count, from := 1, positions[0]
	for _, x := range positions {
		if x-from > width {
			from = x
			count++
		}
	}
	return count
}
