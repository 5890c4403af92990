package thread

import (
	"testing"

	"golang.org/x/sys/unix"
)

// The runtime starts goroutines on any thread, now and then on the first.
func TestOwnThreadIsNeverTheFirst(t *testing.T) {
	seen := make(chan int)
	for range 500 {
		Own(func() { seen <- unix.Gettid() })
		if tid := <-seen; tid == unix.Getpid() {
			t.Fatal("ran on the first thread")
		}
	}
}
