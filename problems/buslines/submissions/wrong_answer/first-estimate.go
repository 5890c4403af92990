// Wrong: settles a stop when it is first seen, not when its time is the least.
package main

import (
	"bufio"
	"container/heap"
	"fmt"
	"os"
)

type hop struct{ stop, minutes int }

type queue []hop

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].minutes < q[j].minutes }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(hop)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	n, lines := readInt(in), readInt(in)
	hops := make([][]hop, n+1)
	for range lines {
		k, minutes, here := readInt(in), readInt(in), readInt(in)
		for range k - 1 {
			there := readInt(in)
			hops[here] = append(hops[here], hop{there, minutes})
			hops[there] = append(hops[there], hop{here, minutes})
			here = there
		}
	}
	seen := make([]bool, n+1)
	seen[1] = true
	reached, farthest := 1, 0
	q := &queue{{1, 0}}
	for q.Len() > 0 {
		here := heap.Pop(q).(hop)
		farthest = max(farthest, here.minutes)
		for _, next := range hops[here.stop] {
			if !seen[next.stop] {
				seen[next.stop] = true
				reached++
				heap.Push(q, hop{next.stop, here.minutes + next.minutes})
			}
		}
	}
	fmt.Println(reached, farthest)
}

func readInt(in *bufio.Reader) (number int) {
	c, _ := in.ReadByte()
	for c <= ' ' {
		c, _ = in.ReadByte()
	}
	for ; c > ' '; c, _ = in.ReadByte() {
		number = 10*number + int(c-'0')
	}
	return number
}
