// Command prebuild compiles the sandbox's test programs into a directory, for machines
// without a compiler: prebuild DIR.
package main

import (
	"fmt"
	"os"

	"github.com/deemster-oj/deemster/internal/sandbox/boxtest"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: prebuild DIR")
		os.Exit(2)
	}
	if err := boxtest.Prebuild(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
