"""Accepts n and then a permutation of 1 to n."""
import re
import sys

lines = sys.stdin.read().split("\n")
if len(lines) != 3 or lines[2] != "" or not re.fullmatch(r"[1-9][0-9]{0,5}", lines[0]):
    sys.exit(43)
if not re.fullmatch(r"[1-9][0-9]{0,5}( [1-9][0-9]{0,5})*", lines[1]):
    sys.exit(43)
n = int(lines[0])
if n > 10**5 or sorted(map(int, lines[1].split())) != list(range(1, n + 1)):
    sys.exit(43)
sys.exit(42)
