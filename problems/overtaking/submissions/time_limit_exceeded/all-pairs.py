# Too slow: compares each rider with everybody who passed before.
import sys

n, *order = map(int, sys.stdin.buffer.read().split())
beaten = [0] * (n + 1)
for passed, rider in enumerate(order):
    beaten[rider] = sum(other > rider for other in order[:passed])
print(*beaten[1:])
