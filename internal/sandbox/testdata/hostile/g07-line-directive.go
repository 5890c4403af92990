// try: says that its lines come from another file, so that the compiler's messages quote that one, and imports by paths
// want: CE
// log: !root:

package main

import (
	"../../../../etc/passwd"
	"/etc/shadow"
)

//line /etc/passwd:1
func main() { undefined() }
