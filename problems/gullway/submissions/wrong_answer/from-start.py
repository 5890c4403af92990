# Wrong: counts only the stretches that begin with the first section.
import sys
from itertools import accumulate

n, k, *climbs = map(int, sys.stdin.buffer.read().split())
print(sum(height % k == 0 for height in accumulate(climbs)))
