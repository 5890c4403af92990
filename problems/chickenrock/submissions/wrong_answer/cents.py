# Wrong: two digits after the point are too few.
import sys
from math import atan2, hypot, sqrt

q, r, *numbers = map(int, sys.stdin.buffer.read().split())
journeys = iter(numbers)
for xa, ya, xb, yb in zip(journeys, journeys, journeys, journeys):
    a = sqrt(xa * xa + ya * ya - r * r)
    b = sqrt(xb * xb + yb * yb - r * r)
    around = abs(atan2(xa * yb - ya * xb, xa * xb + ya * yb)) - atan2(a, r) - atan2(b, r)
    print(f"{a + b + r * around if around > 0 else hypot(xa - xb, ya - yb):.2f}")
