// try: recursion that never ends, on a stack that the runtime copies to a larger one again and again
// want: MLE or RE
// limits: memory=64MiB wall=10s
package main

func down(n int) int {
	var frame [128]int
	frame[n%128] = n
	return down(n+1) + frame[(n+1)%128]
}

func main() { println(down(0)) }
