# Too slow: walks the whole quay for the heaviest partner that still fits.
import sys

n, limit, *waiting = map(int, sys.stdin.buffer.read().split())
waiting.sort()
crossings = 0
while waiting:
    first = waiting.pop()
    best = -1
    for i, weight in enumerate(waiting):
        if first + weight <= limit:
            best = i
    if best >= 0:
        waiting.pop(best)
    crossings += 1
print(crossings)
