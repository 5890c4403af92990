# Fails: one call a crossing, and Python stops at a thousand.
import sys

n, limit, *weights = map(int, sys.stdin.buffer.read().split())
weights.sort()


def crossings(light, heavy):
    if light > heavy:
        return 0
    if weights[light] + weights[heavy] <= limit:
        light += 1
    return 1 + crossings(light, heavy - 1)


print(crossings(0, n - 1))
