// try: 30 MiB in a slice, under a limit of 40 MiB: that must work
// want: AC
// limits: memory=40MiB wall=10s
// runs: 2
package main

import "fmt"

func main() {
	block := make([]byte, 30<<20)
	for i := range block {
		block[i] = 1
	}
	if block[12345] == 1 {
		fmt.Println("ok")
	}
}
