package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
)

const far = math.MaxInt / 2

func main() {
	in := bufio.NewReader(os.Stdin)
	var n int
	fmt.Fscan(in, &n)
	least := make([][4]int, n+2)
	least[0] = [4]int{0, far, far, far}
	for place := 1; place <= n+1; place++ {
		cost := 0
		if place <= n {
			fmt.Fscan(in, &cost)
		}
		least[place] = [4]int{far, far, far, far}
		for jump := 1; jump <= min(3, place); jump++ {
			for last := range 4 {
				if last != jump {
					least[place][jump] = min(least[place][jump], least[place-jump][last]+cost)
				}
			}
		}
	}
	end := least[n+1]
	fmt.Println(min(end[1], end[2], end[3]))
}
