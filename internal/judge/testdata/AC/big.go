package main

import (
	"bufio"
	"fmt"
	"math/big"
	"os"
	"sync"
)

// Makes far more garbage than the memory limit, and keeps little of it.
func main() {
	in := bufio.NewReader(os.Stdin)
	a, b := new(big.Int), new(big.Int)
	fmt.Fscan(in, a, b)
	var wait sync.WaitGroup
	for range 64 {
		wait.Go(func() {
			for range 10 {
				_ = make([]byte, 1<<20)
			}
		})
	}
	wait.Wait()
	fmt.Println(a.Add(a, b))
}
