package native

import "github.com/deemster-oj/deemster/internal/sandbox/elf"

// pid1Code is the whole first process of a box, for x86-64. It ignores SIGCHLD, so that
// the kernel reaps orphans by itself, and sleeps. When it is killed the kernel kills
// everything in the box's pid namespace. It takes a few pages of memory, where a Go
// program would take megabytes in every waiting box.
var pid1Code = []byte{
	0x6a, 0x00, // push 0       mask
	0x6a, 0x00, // push 0       restorer
	0x6a, 0x00, // push 0       flags
	0x6a, 0x01, // push 1       SIG_IGN
	0xbf, 0x11, 0x00, 0x00, 0x00, // mov edi, 17 SIGCHLD
	0x48, 0x89, 0xe6, // mov rsi, rsp
	0x31, 0xd2, // xor edx, edx
	0x41, 0xba, 0x08, 0x00, 0x00, 0x00, // mov r10d, 8
	0xb8, 0x0d, 0x00, 0x00, 0x00, // mov eax, 13 rt_sigaction
	0x0f, 0x05, // syscall
	0xb8, 0x22, 0x00, 0x00, 0x00, // mov eax, 34 pause
	0x0f, 0x05, // syscall
	0xeb, 0xf7, // jmp back to pause
}

// pid1File gives pid1Code as an executable file in memory.
func pid1File() (int, error) {
	return elf.Program{Name: "deemster-pid1", Code: pid1Code}.File()
}
