# Fails: rounding can push a cosine above 1, and acos raises an error.
import sys
from math import acos, hypot, sqrt

q, r, *numbers = map(int, sys.stdin.buffer.read().split())
journeys = iter(numbers)
for xa, ya, xb, yb in zip(journeys, journeys, journeys, journeys):
    a, b = hypot(xa, ya), hypot(xb, yb)
    around = acos((xa * xb + ya * yb) / a / b) - acos(r / a) - acos(r / b)
    if around <= 0:
        print(hypot(xa - xb, ya - yb))
    else:
        print(sqrt(a * a - r * r) + sqrt(b * b - r * r) + r * around)
