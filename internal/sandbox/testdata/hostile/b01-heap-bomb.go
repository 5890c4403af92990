// try: slices until there is no memory
// want: MLE
// limits: memory=64MiB wall=10s
package main

var blocks [][]byte

func main() {
	for {
		block := make([]byte, 1<<20)
		for i := range block {
			block[i] = 1
		}
		blocks = append(blocks, block)
	}
}
