package main

import (
	"bufio"
	"fmt"
	"os"
)

// leastRoom returns how many trams the shed must hold, or false when the order cannot be kept.
func leastRoom(order []int) (int, bool) {
	var shed []int
	arrived, room := 0, 0
	for _, tram := range order {
		for arrived < tram {
			arrived++
			shed = append(shed, arrived)
		}
		room = max(room, len(shed))
		if shed[len(shed)-1] != tram {
			return 0, false
		}
		shed = shed[:len(shed)-1]
	}
	return room, true
}

func main() {
	in := bufio.NewReader(os.Stdin)
	var n int
	fmt.Fscan(in, &n)
	order := make([]int, n)
	for i := range order {
		fmt.Fscan(in, &order[i])
	}
	if room, ok := leastRoom(order); ok {
		fmt.Println(room)
	} else {
		fmt.Println("impossible")
	}
}
