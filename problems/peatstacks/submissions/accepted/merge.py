import sys


def sort(heights):
    """Sorts, and counts the pairs that stand the wrong way round."""
    if len(heights) < 2:
        return heights, 0
    middle = len(heights) // 2
    left, a = sort(heights[:middle])
    right, b = sort(heights[middle:])
    merged, pairs, i, j = [], a + b, 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
            pairs += len(left) - i
    return merged + left[i:] + right[j:], pairs


print(sort(list(map(int, sys.stdin.read().split()[1:])))[1])
