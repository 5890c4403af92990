import sys
from bisect import bisect_right

n, lights, *positions = map(int, sys.stdin.buffer.read().split())
positions.sort()


def enough(width):
    """Whether the lights reach the last village, each beginning at the first dark one."""
    village = 0
    for _ in range(lights):
        village = bisect_right(positions, positions[village] + width)
        if village == n:
            return True
    return False


low, high = 0, positions[-1] - positions[0]
while low < high:
    middle = (low + high) // 2
    if enough(middle):
        high = middle
    else:
        low = middle + 1
print(low)
