"""Accepts q and r, then q journeys between points that are not closer to the origin than r."""
import re
import sys

lines = sys.stdin.read().split("\n")
if lines.pop() != "" or not lines or not re.fullmatch(r"[1-9][0-9]{0,3} [1-9][0-9]{0,4}", lines[0]):
    sys.exit(43)
q, r = map(int, lines[0].split())
if q > 8000 or r > 10**4 or len(lines) != q + 1:
    sys.exit(43)
for line in lines[1:]:
    if not re.fullmatch(r"(0|-?[1-9][0-9]{0,4})( (0|-?[1-9][0-9]{0,4})){3}", line):
        sys.exit(43)
    xa, ya, xb, yb = map(int, line.split())
    if max(map(abs, (xa, ya, xb, yb))) > 10**4 or min(xa**2 + ya**2, xb**2 + yb**2) < r**2:
        sys.exit(43)
sys.exit(42)
