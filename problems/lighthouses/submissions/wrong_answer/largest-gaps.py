# Wrong: leaves the k - 1 largest gaps dark, which is not always best.
import sys

n, lights, *positions = map(int, sys.stdin.buffer.read().split())
positions.sort()
gaps = sorted(range(1, n), key=lambda i: positions[i] - positions[i - 1], reverse=True)
starts = sorted([0] + gaps[: lights - 1])
ends = starts[1:] + [n]
print(max(positions[end - 1] - positions[start] for start, end in zip(starts, ends)))
