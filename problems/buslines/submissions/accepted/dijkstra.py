import sys
from heapq import heappop, heappush


def read_network():
    """Returns for each stop its neighbours, as pairs of stop and minutes."""
    numbers = map(int, sys.stdin.buffer.read().split())
    n, lines = next(numbers), next(numbers)
    neighbours = [[] for _ in range(n + 1)]
    for _ in range(lines):
        k, minutes, here = next(numbers), next(numbers), next(numbers)
        for _ in range(k - 1):
            there = next(numbers)
            neighbours[here].append((there, minutes))
            neighbours[there].append((here, minutes))
            here = there
    return neighbours


def times(neighbours):
    """Returns the least time to each stop that can be reached from stop 1."""
    final = {}
    queue = [(0, 1)]
    while queue:
        time, stop = heappop(queue)
        if stop in final:
            continue
        final[stop] = time
        for there, minutes in neighbours[stop]:
            if there not in final:
                heappush(queue, (time + minutes, there))
    return final


least = times(read_network())
print(len(least), max(least.values()))
