package thread

import (
	"runtime"
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

func TestPin(t *testing.T) {
	cpus, err := Processors(1)
	if err != nil {
		t.Fatal(err)
	}
	var before, pinned, after unix.CPUSet
	get := func(set *unix.CPUSet) {
		if err := unix.SchedGetaffinity(0, set); err != nil {
			t.Fatal(err)
		}
	}
	runtime.LockOSThread() // so that all is seen on one thread
	defer runtime.UnlockOSThread()
	get(&before)
	release, err := Pin(cpus[0])
	if err != nil {
		t.Fatal(err)
	}
	get(&pinned)
	for range 2 {
		if err := release(); err != nil {
			t.Fatal(err)
		}
	}
	get(&after)
	if pinned.Count() != 1 || !pinned.IsSet(cpus[0]) {
		t.Errorf("pinned to %d processors", pinned.Count())
	}
	if after != before {
		t.Errorf("it may use %d processors, before %d", after.Count(), before.Count())
	}
}
