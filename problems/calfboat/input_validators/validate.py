"""Accepts n and W, then n weights from 1 to W."""
import re
import sys

lines = sys.stdin.read().split("\n")
NUMBERS = re.compile(r"[1-9][0-9]{0,9}( [1-9][0-9]{0,9})*")
if len(lines) != 3 or lines[2] != "" or not all(NUMBERS.fullmatch(line) for line in lines[:2]):
    sys.exit(43)
head = list(map(int, lines[0].split()))
weights = list(map(int, lines[1].split()))
if len(head) != 2 or head[0] > 10**5 or head[1] > 10**9:
    sys.exit(43)
if len(weights) != head[0] or max(weights) > head[1]:
    sys.exit(43)
sys.exit(42)
