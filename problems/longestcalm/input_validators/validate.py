"""Accepts a list of waves and a limit, as JSON, each on its line."""
import json
import sys

lines = sys.stdin.read().split("\n")
if len(lines) != 3 or lines[2] != "":
    sys.exit(43)
waves, limit = json.loads(lines[0]), json.loads(lines[1])
if type(waves) is not list or len(waves) > 20000 or not all(type(x) is int and 0 <= x <= 2000 for x in waves + [limit]):
    sys.exit(43)
sys.exit(42)
