import sys
from collections import Counter

n, k, *climbs = map(int, sys.stdin.buffer.read().split())
# A stretch is lucky when the heights at its two ends leave the same remainder.
seen = Counter([0])
height = lucky = 0
for climb in climbs:
    height = (height + climb) % k
    lucky += seen[height]
    seen[height] += 1
print(lucky)
