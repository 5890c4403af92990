import sys

n, *costs = map(int, sys.stdin.buffer.read().split())
costs = [0] + costs + [0]
FAR = 10**18
# least[place][jump] is the least sweat to stand on place after a jump of that length.
least = [[FAR] * 4 for _ in range(n + 2)]
least[0][0] = 0
for place in range(1, n + 2):
    for jump in range(1, min(3, place) + 1):
        before = least[place - jump]
        least[place][jump] = costs[place] + min(before[:jump] + before[jump + 1:])
print(min(least[n + 1]))
