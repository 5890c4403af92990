# Wrong: goes by the fewest hops, not by the fewest minutes.
import sys
from collections import deque

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

times = {1: 0}
queue = deque([1])
while queue:
    stop = queue.popleft()
    for there, minutes in neighbours[stop]:
        if there not in times:
            times[there] = times[stop] + minutes
            queue.append(there)
print(len(times), max(times.values()))
