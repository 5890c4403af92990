package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
)

func length(xa, ya, xb, yb, r float64) float64 {
	a := math.Sqrt(xa*xa + ya*ya - r*r)
	b := math.Sqrt(xb*xb + yb*yb - r*r)
	around := math.Abs(math.Atan2(xa*yb-ya*xb, xa*xb+ya*yb)) - math.Atan2(a, r) - math.Atan2(b, r)
	if around <= 0 {
		return math.Hypot(xa-xb, ya-yb)
	}
	return a + b + r*around
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var q int
	var r, xa, ya, xb, yb float64
	fmt.Fscan(in, &q, &r)
	for range q {
		fmt.Fscan(in, &xa, &ya, &xb, &yb)
		fmt.Fprintln(out, length(xa, ya, xb, yb, r)) // in scientific notation when it is large
	}
}
