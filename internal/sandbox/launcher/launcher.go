// Package launcher starts programs from a small process inside a box.
//
// What costs time in starting a prisoner is giving up what he must not have: entering the
// user namespace, dropping forty capabilities, and above all the system call filter, which
// the kernel checks, compiles and tries out on every installation. All of it is inherited.
// So a launcher is started once in a box and gives up everything; then it waits on a
// socket for a program to start, and starts it by vfork with a dozen system calls.
//
// The launcher is a few hundred bytes of machine code in two pages of memory. It is in
// the box's control groups, but not in its pid namespace: no prisoner can see it or send
// it a signal, though it has his identity. What it starts belongs to the process that
// started the launcher, which waits for it.
package launcher

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/elf"
	"github.com/deemster-oj/deemster/internal/sandbox/spawn"
)

// The launcher's memory. launch_linux_amd64.s knows these offsets.
const (
	vectorAt  = 64   // what the message's header points to
	controlAt = 96   // descriptors that came with a message
	messageAt = 4096 // a head, then what it points to
	// MaxArguments is what path, arguments, environment and directory may take in all.
	MaxArguments = 60 << 10
)

const (
	headSize    = 8 * 8 // addresses of path, argv, envp and directory; whether there is a ruleset; address and number of limits; process number
	limitSize   = 3 * 8 // resource, soft, hard
	controlSize = 32    // of three or four descriptors: CMSG_SPACE(16)
	replySize   = 16
)

// steps name what a launch was doing when it failed, by number.
var steps = [...]string{"", "fork", "set up descriptors", "start a session", "change directory", "set limits", "restrict access to files", "execute", "have the number"}

const (
	stepExec   = 7
	stepNumber = 8
)

// ErrGone says that the launcher has been killed, as whatever is in a control group may be.
var ErrGone = errors.New("launcher: it is gone")

// ErrNumber says that the program would have another process number than it should.
var ErrNumber = errors.New("launcher: not the process number that was asked for")

// Error says what failed in starting a program.
type Error struct {
	Step  string
	Errno unix.Errno
	// Exec is set when the program could not be executed; all before went well.
	Exec bool
}

func (e *Error) Error() string { return fmt.Sprintf("launcher: %s: %s", e.Step, e.Errno.Error()) }

// Unwrap gives the errno.
func (e *Error) Unwrap() error { return e.Errno }

// File gives the launcher's program as an executable file in memory.
func File() (int, error) {
	var data bytes.Buffer
	for _, field := range []uint64{ // struct msghdr, then struct iovec
		0, 0, elf.DataAddress + vectorAt, 1, elf.DataAddress + controlAt, controlSize, 0, 0,
		elf.DataAddress + messageAt, MaxArguments,
	} {
		_ = binary.Write(&data, binary.LittleEndian, field) // a bytes.Buffer takes all
	}
	return elf.Program{Name: "deemster-launcher", Code: machineCode(), Data: data.Bytes(), Room: messageAt + MaxArguments}.File()
}

func code() (address uintptr)
func launch() //nolint:unused // executed by other processes: see machineCode

// machineCode is a copy of launch, up to its mark.
func machineCode() []byte {
	const most = 4096
	start := code()
	whole := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&start))), most)
	end := bytes.Index(whole, []byte("code-end"))
	return bytes.Clone(whole[:end])
}

// Launcher is the executor's end of a launcher.
type Launcher struct {
	socket int
	buffer []byte
}

// Pair makes the two ends of the launcher's socket: ours, and the one that must be its
// descriptor 3.
func Pair() (l *Launcher, theirs int, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, -1, fmt.Errorf("launcher: %w", err)
	}
	return &Launcher{socket: fds[0]}, fds[1], nil
}

// Program is what to start. The addresses of strings are made when it is sent.
type Program struct {
	Path  string // absolute
	Args  []string
	Env   []string
	Dir   string
	Stdio [3]int // become 0, 1 and 2
	// Rules is the descriptor of a Landlock ruleset to live under, or -1.
	Rules  int
	Limits []spawn.Limit
	// Number is the process number that the program must have in its pid namespace; 0 is
	// any.
	Number int
}

// Start starts a program and gives its process number once it has become that program.
// After an error of type [Error] a child may be left that must be waited for, whose number
// is given when it is not 0; also after [ErrNumber].
func (l *Launcher) Start(p *Program) (pid int, err error) {
	message, err := l.encode(p)
	if err != nil {
		return 0, err
	}
	descriptors := []int{p.Stdio[0], p.Stdio[1], p.Stdio[2], p.Rules}
	if p.Rules < 0 {
		descriptors = descriptors[:3]
	}
	rights := unix.UnixRights(descriptors...)
	_, err = unix.SendmsgN(l.socket, message, rights, nil, unix.MSG_NOSIGNAL)
	for err == unix.EINTR {
		_, err = unix.SendmsgN(l.socket, message, rights, nil, unix.MSG_NOSIGNAL)
	}
	if errors.Is(err, unix.EPIPE) || errors.Is(err, unix.ECONNRESET) {
		return 0, ErrGone
	}
	if err != nil {
		return 0, fmt.Errorf("launcher: ask: %w", err)
	}
	var reply [replySize]byte
	n, err := unix.Read(l.socket, reply[:])
	for err == unix.EINTR {
		n, err = unix.Read(l.socket, reply[:])
	}
	switch {
	case n == 0 && err == nil, errors.Is(err, unix.ECONNRESET):
		return 0, ErrGone
	case err != nil:
		return 0, fmt.Errorf("launcher: answer: %w", err)
	case n != replySize:
		return 0, fmt.Errorf("launcher: an answer of %d bytes", n)
	}
	pid = int(int64(binary.LittleEndian.Uint64(reply[:])))
	step, errno := binary.LittleEndian.Uint32(reply[8:]), binary.LittleEndian.Uint32(reply[12:])
	if step == stepNumber {
		return max(pid, 0), ErrNumber
	}
	if step != 0 && int(step) < len(steps) {
		return max(pid, 0), &Error{steps[step], unix.Errno(errno), step == stepExec}
	}
	return pid, nil
}

// encode lays a program out as the launcher finds it in its memory, where it can use it
// without looking at it.
func (l *Launcher) encode(p *Program) ([]byte, error) {
	const base = elf.DataAddress + messageAt
	limits := headSize
	lists := limits + limitSize*len(p.Limits)
	text := lists + 8*(len(p.Args)+1+len(p.Env)+1)
	size := text + len(p.Path) + 1 + len(p.Dir) + 1
	for _, list := range [][]string{p.Args, p.Env} {
		for _, s := range list {
			size += len(s) + 1
		}
	}
	if size > MaxArguments {
		return nil, &Error{steps[stepExec], unix.E2BIG, true}
	}
	if cap(l.buffer) < size {
		l.buffer = make([]byte, size)
	}
	m := l.buffer[:size]
	var bad error
	number := func(at int, n uint64) { binary.LittleEndian.PutUint64(m[at:], n) }
	put := func(at int, s string) {
		if strings.IndexByte(s, 0) >= 0 {
			bad = unix.EINVAL
		}
		number(at, uint64(base+text))
		text += copy(m[text:], s)
		m[text] = 0
		text++
	}
	put(0, p.Path)
	put(24, p.Dir)
	number(32, 0)
	if p.Rules >= 0 {
		number(32, 1)
	}
	number(40, uint64(base+limits))
	number(48, uint64(len(p.Limits)))
	number(56, uint64(p.Number))
	for i, l := range p.Limits {
		at := limits + i*limitSize
		number(at, uint64(l.Resource))
		number(at+8, l.Value)
		number(at+16, l.Value)
	}
	at := lists
	for i, list := range [][]string{p.Args, p.Env} {
		number(8+8*i, uint64(base+at))
		for _, s := range list {
			put(at, s)
			at += 8
		}
		number(at, 0)
		at += 8
	}
	if bad != nil {
		return nil, fmt.Errorf("launcher: a NUL in an argument: %w", bad)
	}
	return m, nil
}

// Close closes our end; the launcher ends by itself.
func (l *Launcher) Close() error { return unix.Close(l.socket) }
