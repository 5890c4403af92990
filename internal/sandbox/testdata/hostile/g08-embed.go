// try: embeds files by the directive for that, which needs a build configuration that the judge does not write
// want: CE
// log: !root:

package main

import (
	_ "embed"
	"fmt"
)

//go:embed /etc/passwd main.go
var secret string

func main() { fmt.Println(secret) }
