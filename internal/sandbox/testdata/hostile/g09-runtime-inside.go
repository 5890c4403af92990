// try: reaches functions of the runtime that are no API, by linkname, to get round its checks; the linker refuses
// want: CE or RE

package main

import (
	"fmt"
	_ "unsafe"
)

//go:linkname evil syscall.runtime_envs
func evil() []string

//go:linkname entersyscall runtime.entersyscallblock_handoff
func entersyscall()

func main() {
	entersyscall()
	fmt.Println(evil())
}
