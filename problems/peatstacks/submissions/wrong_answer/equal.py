# Wrong: counts stacks of the same height too, and so has no points at all.
n = int(input())
heights = list(map(int, input().split()))
print(sum(heights[i] >= heights[j] for i in range(min(n, 3000)) for j in range(i + 1, min(n, 3000))))
