// Wrong: divides the total weight by the limit, as if visitors could be cut up.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, limit, total int
	fmt.Fscan(in, &n, &limit)
	for range n {
		var weight int
		fmt.Fscan(in, &weight)
		total += weight
	}
	fmt.Println((total + limit - 1) / limit)
}
