// try: nothing evil: threads, timers, children and files of Go must work, though calls that it tries first are refused
// want: AC
// limits: cpu=2s wall=6s

package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

func main() {
	var wait sync.WaitGroup
	sum := make(chan int, 20)
	for i := range 20 {
		wait.Go(func() {
			runtime.LockOSThread()
			time.Sleep(5 * time.Millisecond)
			sum <- i
		})
	}
	wait.Wait()
	total := 0
	for range 20 {
		total += <-sum
	}
	out, err := exec.Command("/bin/echo", "child").Output()
	if err != nil || string(out) != "child\n" || total != 190 {
		fmt.Println(total, string(out), err)
		return
	}
	if err := os.WriteFile("/scratch/file", out, 0o600); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("ok")
}
