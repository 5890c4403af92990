# Fails: counts the stops by recursion, and a long line is deeper than Python's stack.
import sys
from heapq import heappop, heappush

numbers = map(int, sys.stdin.buffer.read().split())
n, lines = next(numbers), next(numbers)
neighbours = [[] for _ in range(n + 1)]
for _ in range(lines):
    k, minutes, here = next(numbers), next(numbers), next(numbers)
    for _ in range(k - 1):
        there = next(numbers)
        neighbours[here].append((there, minutes))
        neighbours[there].append((here, minutes))
        here = there

final = set()


def explore(stop):
    final.add(stop)
    for there, _ in neighbours[stop]:
        if there not in final:
            explore(there)


explore(1)
reached = len(final)
final.clear()
queue = [(0, 1)]
while len(final) < reached:
    time, stop = heappop(queue)
    if stop not in final:
        final.add(stop)
        farthest = time
        for there, minutes in neighbours[stop]:
            heappush(queue, (time + minutes, there))
print(reached, farthest)
