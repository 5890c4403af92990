package main

func main() {
	panic("the reason")
}
