# Wrong: the places a rider has lost; one overtaken and one beaten cancel out.
import sys

n, *order = map(int, sys.stdin.buffer.read().split())
beaten = [0] * (n + 1)
for place, rider in enumerate(order, 1):
    beaten[rider] = max(0, place - rider)
print(*beaten[1:])
