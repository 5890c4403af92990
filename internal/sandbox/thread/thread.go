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

// Pin keeps the calling goroutine on one processor, and gives what lets go of it again,
// once or more often, on the same goroutine. Who starts a program and waits for it is woken
// several times in a millisecond; on the program's own processor that is a change of tasks,
// elsewhere it rouses a processor from its sleep.
func Pin(cpu int) (release func() error, err error) {
	runtime.LockOSThread()
	var before, only unix.CPUSet
	only.Set(cpu)
	err = unix.SchedGetaffinity(0, &before)
	if err == nil {
		err = unix.SchedSetaffinity(0, &only)
	}
	if err != nil {
		runtime.UnlockOSThread()
		return nil, fmt.Errorf("thread: pin to processor %d: %w", cpu, err)
	}
	pinned := true
	return func() error {
		if !pinned {
			return nil
		}
		pinned = false
		// A thread that is still pinned stays locked, and ends with its goroutine.
		if err := unix.SchedSetaffinity(0, &before); err != nil {
			return fmt.Errorf("thread: let go of processor %d: %w", cpu, err)
		}
		runtime.UnlockOSThread()
		return nil
	}, nil
}
