"""Accepts n and then n integers from 0 to 10^9."""
import re
import sys

lines = sys.stdin.read().split("\n")
if len(lines) != 3 or lines[2] != "" or not re.fullmatch(r"[1-9][0-9]{0,5}", lines[0]):
    sys.exit(43)
if not re.fullmatch(r"(0|[1-9][0-9]{0,9})( (0|[1-9][0-9]{0,9}))*", lines[1]):
    sys.exit(43)
costs = list(map(int, lines[1].split()))
if int(lines[0]) > 10**5 or len(costs) != int(lines[0]) or max(costs) > 10**9:
    sys.exit(43)
sys.exit(42)
