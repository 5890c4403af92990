// try: computes for ever in a goroutine that never yields
// want: TLE
// limits: cpu=300ms wall=10s
package main

func main() {
	go func() {
		for {
		}
	}()
	select {}
}
