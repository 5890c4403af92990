import sys

n, limit, *weights = map(int, sys.stdin.buffer.read().split())
weights.sort()
lightest, heaviest = 0, n - 1
crossings = 0
while lightest <= heaviest:
    # The heaviest goes now; the lightest comes along when it fits.
    if weights[lightest] + weights[heaviest] <= limit:
        lightest += 1
    heaviest -= 1
    crossings += 1
print(crossings)
