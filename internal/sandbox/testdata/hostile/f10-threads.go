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
	for i := 0; i < 20; i++ { // as Go 1.19 has it, which Debian 12 brings
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			runtime.LockOSThread()
			time.Sleep(5 * time.Millisecond)
			sum <- i
		}(i)
	}
	wait.Wait()
	total := 0
	for i := 0; i < 20; i++ {
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
