"""Accepts n, at most the first argument, then n heights from 1 to a thousand million."""
import re
import sys

most = int(sys.argv[1])
lines = sys.stdin.read().split("\n")
NUMBERS = re.compile(r"[1-9][0-9]{0,9}( [1-9][0-9]{0,9})*")
if len(lines) != 3 or lines[2] != "" or not all(NUMBERS.fullmatch(line) for line in lines[:2]):
    sys.exit(43)
heights = list(map(int, lines[1].split()))
if lines[0] != str(len(heights)) or len(heights) > most or max(heights) > 10**9:
    sys.exit(43)
sys.exit(42)
