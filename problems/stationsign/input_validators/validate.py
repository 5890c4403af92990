"""Accepts n and then n names of letters and inner spaces."""
import re
import sys

lines = sys.stdin.read().split("\n")
if lines.pop() != "" or not lines or not re.fullmatch(r"[1-9][0-9]{0,2}", lines[0]):
    sys.exit(43)
names = lines[1:]
if int(lines[0]) > 100 or len(names) != int(lines[0]):
    sys.exit(43)
for name in names:
    if len(name) > 60 or not re.fullmatch(r"[A-Za-z]([A-Za-z ]*[A-Za-z])?", name):
        sys.exit(43)
sys.exit(42)
