"""Accepts two integers on one line, each at most 10^18 in absolute value."""
import re
import sys

match = re.fullmatch(r"(0|-?[1-9][0-9]*) (0|-?[1-9][0-9]*)\n", sys.stdin.read())
if not match or any(abs(int(number)) > 10**18 for number in match.groups()):
    sys.exit(43)
sys.exit(42)
