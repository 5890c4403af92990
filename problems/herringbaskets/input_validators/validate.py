"""Accepts one number from 1 to a million."""
import re
import sys

text = sys.stdin.read()
if not re.fullmatch(r"[1-9][0-9]{0,6}\n", text) or int(text) > 10**6:
    sys.exit(43)
sys.exit(42)
