import sys

n, *order = map(int, sys.stdin.buffer.read().split())
shed = []
arrived = room = 0
for tram in order:
    while arrived < tram:
        arrived += 1
        shed.append(arrived)
    room = max(room, len(shed))
    if shed.pop() != tram:
        print("impossible")
        break
else:
    print(room)
