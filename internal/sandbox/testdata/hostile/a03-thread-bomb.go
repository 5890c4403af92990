// try: goroutines that each block in a system call, so that the runtime needs a thread for each
// want: RE or TLE or MLE
// limits: cpu=400ms wall=1s
package main

import "syscall"

func main() {
	var pipe [2]int
	if syscall.Pipe(pipe[:]) != nil {
		println("no pipe")
		return
	}
	for {
		go syscall.Read(pipe[0], make([]byte, 1))
	}
}
