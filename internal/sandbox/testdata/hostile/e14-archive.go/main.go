package main

func answer()

func main() { answer() }
