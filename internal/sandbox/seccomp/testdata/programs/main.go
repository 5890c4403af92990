// Goroutines, files, processes and timers of Go's library.
package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { time.Sleep(time.Millisecond) })
	}
	wg.Wait()
	dir, err := os.MkdirTemp("", "x")
	must(err)
	must(os.WriteFile(filepath.Join(dir, "a"), []byte("text"), 0o644))
	in, err := os.Open(filepath.Join(dir, "a"))
	must(err)
	out, err := os.Create(filepath.Join(dir, "b"))
	must(err)
	_, err = io.Copy(out, in)
	must(err)
	must(out.Sync())
	must(out.Chmod(0o600))
	must(os.Rename(out.Name(), filepath.Join(dir, "c")))
	must(os.RemoveAll(dir))

	hello, err := exec.Command("/bin/echo", "hello").Output()
	must(err)
	if string(hello) != "hello\n" {
		panic(hello)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	must(syscall.Kill(os.Getpid(), syscall.SIGUSR1))
	<-signals

	listener, err := net.Listen("unix", "/tmp/socket")
	must(err)
	go func() {
		c, err := net.Dial("unix", "/tmp/socket")
		must(err)
		_, err = c.Write([]byte("x"))
		must(err)
	}()
	c, err := listener.Accept()
	must(err)
	must(c.SetReadDeadline(time.Now().Add(10 * time.Second)))
	_, err = c.Read(make([]byte, 1))
	must(err)
	_, err = rand.Read(make([]byte, 8))
	must(err)
	fmt.Println("ok")
}
