"""Accepts n and l, then l bus lines of k, t and k stops."""
import re
import sys

lines = sys.stdin.read().split("\n")
if lines.pop() != "" or not lines or not re.fullmatch(r"[1-9][0-9]{0,5} [1-9][0-9]{0,4}", lines[0]):
    sys.exit(43)
n, count = map(int, lines[0].split())
if n > 10**5 or count > 5 * 10**4 or len(lines) != count + 1:
    sys.exit(43)
total = 0
for line in lines[1:]:
    if not re.fullmatch(r"[1-9][0-9]{0,5} (0|[1-9][0-9]{0,9})( [1-9][0-9]{0,5}){2,}", line):
        sys.exit(43)
    k, minutes, *stops = map(int, line.split())
    total += k
    if not 2 <= k <= n + 1 or minutes > 10**9 or len(stops) != k or max(stops) > n:
        sys.exit(43)
    if any(here == there for here, there in zip(stops, stops[1:])):
        sys.exit(43)
if total > 160000:
    sys.exit(43)
sys.exit(42)
