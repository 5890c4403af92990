package watch

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// pump is the reading end of a pipe, and where what comes out of it goes.
type pump struct {
	fd    int // -1 when closed
	write func([]byte) error
}

// drain takes what is in the pipe, at most a bufferful, if poll said that there is
// something, and closes the pipe at its end.
func (p *pump) drain(buffer []byte, ready int16) error {
	if p.fd < 0 || ready == 0 {
		return nil
	}
	n, err := unix.Read(p.fd, buffer)
	switch {
	case err == unix.EAGAIN || err == unix.EINTR:
		return nil
	case err != nil:
		return fmt.Errorf("read output: %w", err)
	case n == 0:
		p.close()
		return nil
	}
	return p.write(buffer[:n])
}

func (p *pump) close() { closeOnce(&p.fd) }

// feed is the writing end of a pipe, and the file that goes into it.
type feed struct {
	fd   int // -1 when all has been written, or nobody reads
	file int
	rest []byte // read from the file and not yet written
	room []byte
}

// begin fills the empty pipe. Most inputs fit, and that is all. The pipe may be smaller
// than usual, when its user has many.
func (f *feed) begin(buffer []byte) error {
	if _, err := unix.FcntlInt(uintptr(f.fd), unix.F_SETFL, unix.O_NONBLOCK); err != nil {
		return fmt.Errorf("input: %w", err)
	}
	n, err := f.read(buffer)
	if err != nil {
		return err
	}
	written := 0
	if n > 0 {
		if written, err = unix.Write(f.fd, buffer[:n]); err != nil {
			return fmt.Errorf("input: %w", err)
		}
	}
	if n < len(buffer) && written == n { // of a file, that is its end
		f.close()
		return nil
	}
	f.room = make([]byte, len(buffer))
	f.rest = f.room[:copy(f.room, buffer[written:n])]
	return nil
}

func (f *feed) read(buffer []byte) (int, error) {
	for {
		n, err := unix.Read(f.file, buffer)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("input: %w", err)
		}
		return n, nil
	}
}

// more writes what the pipe takes, if poll said that it takes something.
func (f *feed) more(ready int16) error {
	if f.fd < 0 || ready == 0 {
		return nil
	}
	if len(f.rest) == 0 {
		n, err := f.read(f.room)
		if err != nil {
			return err
		}
		if n == 0 {
			f.close()
			return nil
		}
		f.rest = f.room[:n]
	}
	n, err := unix.Write(f.fd, f.rest)
	switch err {
	case nil:
		f.rest = f.rest[n:]
	case unix.EAGAIN, unix.EINTR:
	case unix.EPIPE: // nobody reads any more
		f.close()
	default:
		return fmt.Errorf("input: %w", err)
	}
	return nil
}

func (f *feed) close() { closeOnce(&f.fd) }

func closeOnce(fd *int) {
	if *fd >= 0 {
		_ = unix.Close(*fd)
		*fd = -1
	}
}
