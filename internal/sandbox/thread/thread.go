// Package thread gives engines threads of their own, to enter namespaces and control
// groups with, and the processors to pin them to.
package thread

import (
	"fmt"
	"runtime"

	"golang.org/x/sys/unix"
)

// Own runs f on a thread that nothing else uses and that ends with f. It is never
// the process's first thread: that one cannot end, so it would stay in whatever f entered.
func Own(f func()) {
	go func() {
		runtime.LockOSThread() // not unlocked when f has run: so the thread ends
		if unix.Gettid() != unix.Getpid() {
			f()
			return
		}
		// While this goroutine holds the first thread, the next one gets another.
		elsewhere := make(chan struct{})
		Own(func() {
			close(elsewhere)
			f()
		})
		<-elsewhere
		runtime.UnlockOSThread()
	}()
}

// Processors chooses the processors that runs are pinned to: the last ones this process
// may use, so that the first is left to the judge itself. No slots are all but one.
func Processors(slots int) ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("thread: processors: %w", err)
	}
	var all []int
	for cpu := range len(set) * 64 {
		if set.IsSet(cpu) {
			all = append(all, cpu)
		}
	}
	if slots <= 0 {
		slots = max(len(all)-1, 1)
	}
	return all[max(len(all)-slots, 0):], nil
}
