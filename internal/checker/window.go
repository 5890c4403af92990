package checker

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// windowSize is how much of an answer is in memory at once.
const windowSize = 64 << 10

// windows are buffers to be used again: a comparison is made for every test, and most
// answers are small.
var windows = sync.Pool{New: func() any { return new([windowSize]byte) }}

// window is the part of an answer that is in memory.
type window struct {
	answer io.Reader
	buffer *[windowSize]byte
	bytes  []byte // what has been read
	at     int    // how much of bytes has been passed
	ended  bool   // nothing comes after bytes
	err    error  // why the answer could not be read
}

// rest is what has been read and not been passed.
func (w *window) rest() []byte { return w.bytes[w.at:] }

// more reads at least one byte more, unless the answer has ended or cannot be read, which
// is the end as well. What has been passed is forgotten.
func (w *window) more() {
	if w.ended {
		return
	}
	if w.buffer == nil {
		w.buffer = windows.Get().(*[windowSize]byte)
	}
	kept := copy(w.buffer[:], w.rest())
	w.at = 0
	for empty := 0; ; empty++ {
		n, err := w.answer.Read(w.buffer[kept:])
		w.bytes = w.buffer[:kept+n]
		if empty == 100 && err == nil {
			err = io.ErrNoProgress
		}
		if err != nil {
			w.ended = true
			if !errors.Is(err, io.EOF) {
				w.err = fmt.Errorf("read answer: %w", err)
			}
		}
		if n > 0 || err != nil {
			return
		}
	}
}

// ahead reads until so many bytes, fewer than windowSize, can be seen or the answer ends.
func (w *window) ahead(n int) {
	for len(w.rest()) < n && !w.ended {
		w.more()
	}
}

// close gives the buffer back.
func (w *window) close() {
	if w.buffer != nil {
		windows.Put(w.buffer)
	}
	w.buffer, w.bytes, w.at, w.ended = nil, nil, 0, true
}
