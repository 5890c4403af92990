// try: makes an executable of two gigabytes by initialising the last element of an array
// want: CE
// limits: compile=2s

package main

import "fmt"

var big = [1 << 31]byte{1<<31 - 1: 1}

func main() { fmt.Println(big[7]) }
