// try: has the compiler hold constants of half a megabit, multiplied again and again
// want: CE
// limits: compile=5s

package main

import "fmt"

const (
	a = 1 << 511
	b = a * a * a * a
	c = b * b * b * b * b * b * b * b
	d = 1 << 100000000
)

func main() { fmt.Println(c/c, d%7) }
