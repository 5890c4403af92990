// try: prints the right answer and panics in another goroutine
// want: RE
package main

import "fmt"

func main() {
	fmt.Println("ok")
	go panic("no")
	select {}
}
