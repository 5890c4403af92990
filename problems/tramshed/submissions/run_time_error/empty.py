# Fails when the list cannot be kept: takes a tram from an empty promenade.
import sys
from collections import deque

n, *order = map(int, sys.stdin.buffer.read().split())
promenade = deque(range(1, n + 1))
shed = []
room = 0
for tram in order:
    while not shed or shed[-1] != tram:
        shed.append(promenade.popleft())
    room = max(room, len(shed))
    shed.pop()
print(room)
