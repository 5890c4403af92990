import sys
from math import atan2, hypot, sqrt

q, r, *numbers = map(int, sys.stdin.buffer.read().split())
journeys = iter(numbers)
for xa, ya, xb, yb in zip(journeys, journeys, journeys, journeys):
    # From a point, the straight way to the circle is as long as the tangent, and turns
    # around the rock by the angle between the point and the tangent's end.
    tangent_a = sqrt(xa * xa + ya * ya - r * r)
    tangent_b = sqrt(xb * xb + yb * yb - r * r)
    between = abs(atan2(xa * yb - ya * xb, xa * xb + ya * yb))
    around = between - atan2(tangent_a, r) - atan2(tangent_b, r)
    if around <= 0:
        print(f"{hypot(xa - xb, ya - yb):.9f}")
    else:
        print(f"{tangent_a + r * around + tangent_b:.9f}")
