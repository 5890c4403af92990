# Too slow: adds up every stretch.
import sys

n, k, *climbs = map(int, sys.stdin.buffer.read().split())
lucky = 0
for left in range(n):
    total = 0
    for right in range(left, n):
        total += climbs[right]
        lucky += total % k == 0
print(lucky)
