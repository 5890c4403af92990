// try: dials by Go's own resolver and poller, and listens, from a few threads
// want: AC
// limits: cpu=2s wall=6s

package main

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

func main() {
	reached := make(chan string, 32)
	addresses := []string{"127.0.0.1:8080", "[::1]:4222", "169.254.169.254:80", "8.8.8.8:53", "example.com:80", "10.0.0.1:22"}
	done := make(chan bool)
	for _, address := range addresses {
		go func() {
			defer func() { done <- true }()
			for _, network := range []string{"tcp", "udp"} {
				if network == "udp" && (address[:2] == "[:" || address[:4] == "127.") {
					continue // a loopback of its own leads nowhere
				}
				c, err := net.DialTimeout(network, address, 300*time.Millisecond)
				if err != nil {
					continue
				}
				if _, err := c.Write([]byte("x")); err == nil {
					reached <- network + " " + address
				}
			}
		}()
	}
	for range addresses {
		<-done
	}
	client := http.Client{Timeout: 300 * time.Millisecond}
	if _, err := client.Get("http://127.0.0.1:8080/"); err == nil {
		reached <- "http"
	}
	if c, err := net.Dial("unix", "/run/docker.sock"); err == nil {
		reached <- c.RemoteAddr().String()
	}
	select {
	case r := <-reached:
		fmt.Println(r)
	default:
		fmt.Println("ok")
	}
}
