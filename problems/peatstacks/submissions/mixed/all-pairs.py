# Too slow for the last group: looks at all pairs.
n = int(input())
heights = list(map(int, input().split()))
pairs = 0
for i in range(n):
    for j in range(i + 1, n):
        if heights[i] > heights[j]:
            pairs += 1
print(pairs)
