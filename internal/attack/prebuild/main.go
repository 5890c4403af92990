// Command prebuild copies the hostile programs into a directory and compiles those in C
// there, for machines without a compiler: prebuild HOSTILE DIR.
package main

import (
	"fmt"
	"os"

	"github.com/deemster-oj/deemster/internal/attack"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: prebuild HOSTILE DIR")
		os.Exit(2)
	}
	if err := attack.Prebuild(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
