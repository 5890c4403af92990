package native

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"
)

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

// pid1File makes an executable of pid1Code in memory, sealed against change, and gives
// its descriptor.
func pid1File() (int, error) {
	const base, header = 0x400000, 64 + 56
	var elf bytes.Buffer
	elf.WriteString("\x7fELF\x02\x01\x01" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00") // 64 bit, little-endian
	for _, field := range []any{
		uint16(2), uint16(62), uint32(1), // executable, x86-64
		uint64(base + header), uint64(64), uint64(0), // entry, program headers, no sections
		uint32(0), uint16(64), uint16(56), uint16(1), uint16(0), uint16(0), uint16(0),
		uint32(1), uint32(5), uint64(0), // load, read and execute, from the file's start
		uint64(base), uint64(base), uint64(header + len(pid1Code)), uint64(header + len(pid1Code)), uint64(0x1000),
	} {
		_ = binary.Write(&elf, binary.LittleEndian, field) // a bytes.Buffer takes all
	}
	elf.Write(pid1Code)

	fd, err := unix.MemfdCreate("deemster-pid1", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return -1, fmt.Errorf("native: first process: %w", err)
	}
	if _, err = unix.Write(fd, elf.Bytes()); err == nil {
		_, err = unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SEAL|unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_WRITE)
	}
	if err != nil {
		_ = unix.Close(fd)
		return -1, fmt.Errorf("native: first process: %w", err)
	}
	return fd, nil
}
