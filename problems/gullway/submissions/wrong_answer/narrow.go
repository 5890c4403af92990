// Wrong: counts in 32 bits, too few for a long path.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, k, height int
	var lucky int32
	fmt.Fscan(in, &n, &k)
	seen := map[int]int32{0: 1}
	for range n {
		var climb int
		fmt.Fscan(in, &climb)
		height = ((height+climb)%k + k) % k
		lucky += seen[height]
		seen[height]++
	}
	fmt.Println(lucky)
}
