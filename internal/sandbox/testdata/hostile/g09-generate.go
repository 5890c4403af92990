// try: has commands run by comments for tools: generators, build tags, toolchain lines
// want: AC

//go:generate sh -c "id > /code/generated"
//go:build linux
// +build linux

package main

import (
	"fmt"
	"os"
)

func main() {
	entries, _ := os.ReadDir("/code")
	for _, e := range entries {
		if e.Name() == "generated" {
			fmt.Println("a generator ran")
			return
		}
	}
	fmt.Println("ok")
}
