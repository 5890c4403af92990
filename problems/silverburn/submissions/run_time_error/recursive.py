# Fails: remembers the answers, but goes too deep for Python's stack.
import sys
from functools import cache

n, *costs = map(int, sys.stdin.buffer.read().split())
costs = [0] + costs + [0]


@cache
def least(place, last):
    if place == n + 1:
        return 0
    best = 10**18
    for jump in (1, 2, 3):
        if jump != last and place + jump <= n + 1:
            best = min(best, costs[place + jump] + least(place + jump, jump))
    return best


print(least(0, 0))
