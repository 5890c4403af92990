package native

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// onOwnThread runs f on a thread that nothing else uses and that ends with f. It is never
// the process's first thread: that one cannot end, so it would stay in whatever f entered.
func onOwnThread(f func()) {
	go func() {
		runtime.LockOSThread() // not unlocked when f has run: so the thread ends
		if unix.Gettid() != unix.Getpid() {
			f()
			return
		}
		// While this goroutine holds the first thread, the next one gets another.
		elsewhere := make(chan struct{})
		onOwnThread(func() {
			close(elsewhere)
			f()
		})
		<-elsewhere
		runtime.UnlockOSThread()
	}()
}
