package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var n int
	fmt.Fscan(in, &n)
	beaten := make([]int, n+1)
	earlier := newFenwick(n)
	for passed := range n {
		var rider int
		fmt.Fscan(in, &rider)
		beaten[rider] = passed - earlier.upTo(rider)
		earlier.add(rider)
	}
	for _, count := range beaten[1:] {
		fmt.Fprint(out, count, " ")
	}
	fmt.Fprintln(out)
}
