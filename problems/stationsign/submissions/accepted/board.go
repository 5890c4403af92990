package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func tidy(line string) string {
	words := strings.Fields(line)
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + strings.ToLower(word[1:])
	}
	return strings.Join(words, " ")
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Scan() // the number of names; the list ends with the input
	var names []string
	width := 0
	for in.Scan() {
		name := tidy(in.Text())
		names = append(names, name)
		width = max(width, len(name))
	}
	border := "+" + strings.Repeat("-", width+2) + "+"
	fmt.Println(border)
	for _, name := range names {
		left := (width - len(name)) / 2
		fmt.Printf("| %*s%-*s |\n", left, "", width-left, name)
	}
	fmt.Println(border)
}
