package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	words := bufio.NewScanner(os.Stdin)
	words.Split(bufio.ScanWords)
	sum := 0
	for words.Scan() {
		n, err := strconv.Atoi(words.Text())
		if err != nil {
			panic(err)
		}
		sum += n
	}
	fmt.Println(sum)
}
