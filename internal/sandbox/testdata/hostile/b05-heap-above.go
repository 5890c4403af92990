// try: 120 MiB in a slice, over a limit of 27 MiB and what the runtime itself is given
// want: MLE
// limits: memory=27MiB wall=10s
// runs: 2
package main

import "fmt"

func main() {
	block := make([]byte, 120<<20)
	for i := range block {
		block[i] = 1
	}
	if block[12345] == 1 {
		fmt.Println("ok")
	}
}
