"""Accepts send with a number, and how it is heard: plain or swapped."""
import re
import sys

match = re.fullmatch(r"send\n(0|[1-9][0-9]{0,9})\n", sys.stdin.read())
if not match or int(match[1]) > 10**9:
    sys.exit(43)
sys.exit(42)
