// Fails: its tables have room for 5000 riders.
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
	var beaten, tree [5000 + 1]int
	var n int
	fmt.Fscan(in, &n)
	for passed := range n {
		var rider int
		fmt.Fscan(in, &rider)
		beaten[rider] = passed
		for i := rider; i > 0; i &= i - 1 {
			beaten[rider] -= tree[i]
		}
		for i := rider; i <= n; i += i & -i {
			tree[i]++
		}
	}
	for _, count := range beaten[1 : n+1] {
		fmt.Fprint(out, count, " ")
	}
	fmt.Fprintln(out)
}
