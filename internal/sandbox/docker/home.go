package docker

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/deemster-oj/deemster/internal/sandbox/elf"
)

// home is the directory of one executor that its containers see: the program of their
// first process, and a file whose lock that process waits for. The executor holds this
// lock, and that of the directory, as long as it lives.
type home struct {
	dir  string
	lock int // the directory
	life int // the file
}

const (
	homes     = "/run/deemster"
	prefix    = "docker-"
	homeInBox = "/.deemster" // where containers see it; boxes do not
	initName  = "init"
	lifeName  = "life"
)

// newHome makes a home and removes those that dead executors have left.
func newHome() (_ *home, err error) {
	if err := os.MkdirAll(homes, 0o755); err != nil {
		return nil, err
	}
	removeStale()
	for {
		h := &home{lock: -1, life: -1}
		if h.dir, err = os.MkdirTemp(homes, prefix); err != nil {
			return nil, err
		}
		mine, err := h.take()
		if err == nil && mine {
			err = h.fill()
		}
		if err != nil {
			return nil, errors.Join(err, h.close())
		}
		if mine {
			return h, nil
		}
		h.closeFiles()
	}
}

// take locks the home. Between its making and its locking another executor may have held
// it for one left behind: then it is not ours.
func (h *home) take() (bool, error) {
	var err error
	h.lock, err = unix.Open(h.dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = unix.Flock(h.lock, unix.LOCK_EX|unix.LOCK_NB)
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	if err != nil {
		return false, &fs.PathError{Op: "lock", Path: h.dir, Err: err}
	}
	_, err = os.Stat(h.dir)
	return err == nil, nil
}

// fill puts into the home what containers need. Their first process is nobody.
func (h *home) fill() error {
	program, life := filepath.Join(h.dir, initName), filepath.Join(h.dir, lifeName)
	err := errors.Join(os.WriteFile(program, initProgram.Bytes(), 0o755), os.Chmod(program, 0o755),
		os.WriteFile(life, nil, 0o644), os.Chmod(life, 0o644), os.Chmod(h.dir, 0o711))
	if err != nil {
		return err
	}
	if h.life, err = unix.Open(life, unix.O_RDONLY|unix.O_CLOEXEC, 0); err == nil {
		err = unix.Flock(h.life, unix.LOCK_EX|unix.LOCK_NB)
	}
	if err != nil {
		return &fs.PathError{Op: "lock", Path: life, Err: err}
	}
	return nil
}

// close removes the home; containers that are left end.
func (h *home) close() error {
	err := os.RemoveAll(h.dir)
	h.closeFiles()
	return err
}

func (h *home) closeFiles() {
	for _, fd := range []int{h.life, h.lock} {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
}

// inUse tells whether the executor whose home that is lives.
func inUse(dir string) bool {
	if filepath.Dir(dir) != homes {
		return false
	}
	h := &home{dir: dir, lock: -1, life: -1}
	defer h.closeFiles()
	mine, err := h.take()
	return err != nil || !mine && h.lock >= 0
}

func removeStale() {
	entries, _ := os.ReadDir(homes)
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), prefix) {
			continue
		}
		h := &home{dir: filepath.Join(homes, entry.Name()), lock: -1, life: -1}
		if mine, _ := h.take(); mine {
			_ = h.close()
		} else {
			h.closeFiles()
		}
	}
}

// initProgram is the whole first process of a container, for x86-64. It ignores SIGCHLD, so
// that the kernel reaps orphans by itself, and waits for the lock that the executor
// holds: it gets it when the executor has ended, exits, and the kernel kills everything
// in the container.
var initProgram = elf.Program{Name: "init", Code: append([]byte{
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
	0x48, 0x8d, 0x3d, 0x20, 0x00, 0x00, 0x00, // lea rdi, [rip+32] the path below
	0x31, 0xf6, // xor esi, esi  O_RDONLY
	0xb8, 0x02, 0x00, 0x00, 0x00, // mov eax, 2  open
	0x0f, 0x05, // syscall
	0x89, 0xc7, // mov edi, eax
	0xbe, 0x02, 0x00, 0x00, 0x00, // mov esi, 2  LOCK_EX
	0xb8, 0x49, 0x00, 0x00, 0x00, // mov eax, 73 flock
	0x0f, 0x05, // syscall
	0x31, 0xff, // xor edi, edi
	0xb8, 0xe7, 0x00, 0x00, 0x00, // mov eax, 231 exit_group
	0x0f, 0x05, // syscall
}, homeInBox+"/"+lifeName+"\x00"...)}
