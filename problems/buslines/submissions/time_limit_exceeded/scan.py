# Too slow: looks through all waiting stops for the nearest.
import sys

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

FAR = 10**18
waiting = [FAR] * (n + 1)
waiting[1] = 0
final = {}
while (time := min(waiting)) < FAR:
    stop = waiting.index(time)
    final[stop] = time
    waiting[stop] = FAR
    for there, minutes in neighbours[stop]:
        if there not in final:
            waiting[there] = min(waiting[there], time + minutes)
print(len(final), max(final.values()))
