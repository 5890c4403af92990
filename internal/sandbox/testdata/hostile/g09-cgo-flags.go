// try: gives flags to a C compiler and linker by comments, and runs code of a plugin at build time (CVE-2018-6574)
// want: CE
// log: !uid=

package main

// #cgo CFLAGS: -fplugin=/code/evil.so -wrapper /usr/bin/id
// #cgo LDFLAGS: -Wl,-plugin,/code/evil.so -B/scratch
// #include <stdlib.h>
import "C"

func main() { C.abort() }
