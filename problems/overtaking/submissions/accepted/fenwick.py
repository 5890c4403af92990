import sys

n, *order = map(int, sys.stdin.buffer.read().split())
beaten = [0] * (n + 1)
# tree counts the riders that have passed, as a Fenwick tree over their numbers.
tree = [0] * (n + 1)
for passed, rider in enumerate(order):
    not_later = 0
    i = rider
    while i > 0:
        not_later += tree[i]
        i &= i - 1
    beaten[rider] = passed - not_later
    i = rider
    while i <= n:
        tree[i] += 1
        i += i & -i
print(*beaten[1:])
