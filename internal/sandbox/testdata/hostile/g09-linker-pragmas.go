// try: speaks to the linker by the comments that only cgo may write
// want: CE
// log: cgo

package main

import "fmt"

//go:cgo_ldflag "-Wl,-plugin,/code/evil.so"
//go:cgo_import_dynamic system system "libc.so.6"
//go:cgo_import_dynamic _ _ "/code/evil.so"

func main() { fmt.Println("ok") }
