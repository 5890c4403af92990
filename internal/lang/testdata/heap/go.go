package main

import "fmt"

func main() {
	var n int
	fmt.Scan(&n)
	held := make([][]byte, n)
	for i := range held {
		held[i] = make([]byte, 1<<20)
		for at := 0; at < len(held[i]); at += 4096 {
			held[i][at] = 1
		}
	}
	fmt.Println(len(held))
}
