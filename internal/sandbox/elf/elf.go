// Package elf makes executables of a few instructions, for the processes that a box needs
// besides the prisoner's: pages of memory, where a Go program would take megabytes in
// every waiting box.
package elf

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"golang.org/x/sys/unix"
)

// Where a program finds itself in its memory.
const (
	CodeAddress = 0x400000
	DataAddress = 0x600000
)

const (
	headerSize  = 64
	segmentSize = 56
	pageSize    = 0x1000
	codeOffset  = headerSize + 2*segmentSize
)

// Program is a statically linked program for x86-64, entered at its first instruction.
type Program struct {
	Name string // for people
	Code []byte // position-independent
	Data []byte // at DataAddress, writable
	Room int    // bytes at DataAddress, zero beyond Data
}

// File writes the program into a file in memory that cannot be changed any more, and
// gives its descriptor.
func (p Program) File() (int, error) {
	fd, err := unix.MemfdCreate(p.Name, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return -1, fmt.Errorf("elf: %s: %w", p.Name, err)
	}
	if _, err = unix.Write(fd, p.Bytes()); err == nil {
		_, err = unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, unix.F_SEAL_SEAL|unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_WRITE)
	}
	if err != nil {
		_ = unix.Close(fd)
		return -1, fmt.Errorf("elf: %s: %w", p.Name, err)
	}
	return fd, nil
}

// Bytes is the program as a file: headers and code in its first page, data from the second on.
func (p Program) Bytes() []byte {
	var file bytes.Buffer
	file.WriteString("\x7fELF\x02\x01\x01" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00") // 64 bit, little-endian
	segments := uint16(1)
	if p.Room > 0 {
		segments = 2
	}
	put := func(fields ...any) {
		for _, f := range fields {
			_ = binary.Write(&file, binary.LittleEndian, f) // a bytes.Buffer takes all
		}
	}
	put(uint16(2), uint16(62), uint32(1), // executable, x86-64
		uint64(CodeAddress+codeOffset), uint64(headerSize), uint64(0), // entry, segments, no sections
		uint32(0), uint16(headerSize), uint16(segmentSize), segments, uint16(0), uint16(0), uint16(0))
	size := uint64(codeOffset + len(p.Code))
	put(uint32(1), uint32(5), uint64(0), uint64(CodeAddress), uint64(CodeAddress), size, size, uint64(pageSize)) // read, execute
	put(uint32(1), uint32(6), uint64(pageSize), uint64(DataAddress), uint64(DataAddress),
		uint64(len(p.Data)), uint64(max(p.Room, len(p.Data))), uint64(pageSize)) // read, write
	file.Write(p.Code)
	if p.Room > 0 {
		file.Write(make([]byte, pageSize-file.Len()))
		file.Write(p.Data)
	}
	return file.Bytes()
}
