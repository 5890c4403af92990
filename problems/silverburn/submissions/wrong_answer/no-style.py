# Wrong: repeats jumps of the same length.
import sys

n, *costs = map(int, sys.stdin.buffer.read().split())
least = [0]
for cost in costs + [0]:
    least.append(cost + min(least[-3:]))
print(least[-1])
