package native

import "github.com/deemster-oj/deemster/internal/sandbox/elf"

// pid1Code is the whole first process of a box, for x86-64. It sleeps. The kernel reaps
// its orphans by itself, because it was started with SIGCHLD ignored. When it is killed the
// kernel kills everything in the box's pid namespace. It takes a few pages of memory, where
// a Go program would take megabytes in every waiting box.
var pid1Code = []byte{
	0xb8, 0x22, 0x00, 0x00, 0x00, // mov eax, 34 pause
	0x0f, 0x05, // syscall
	0xeb, 0xf7, // jmp back to pause
}

// pid1File gives pid1Code as an executable file in memory.
func pid1File() (int, error) {
	return elf.Program{Name: "deemster-pid1", Code: pid1Code}.File()
}
