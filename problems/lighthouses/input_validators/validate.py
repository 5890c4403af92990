"""Accepts n and k, then n positions from 0 to 10^9."""
import re
import sys

lines = sys.stdin.read().split("\n")
if len(lines) != 3 or lines[2] != "" or not re.fullmatch(r"[1-9][0-9]{0,5} [1-9][0-9]{0,5}", lines[0]):
    sys.exit(43)
if not re.fullmatch(r"(0|[1-9][0-9]{0,9})( (0|[1-9][0-9]{0,9}))*", lines[1]):
    sys.exit(43)
n, k = map(int, lines[0].split())
positions = list(map(int, lines[1].split()))
if not k <= n <= 10**5 or len(positions) != n or max(positions) > 10**9:
    sys.exit(43)
sys.exit(42)
