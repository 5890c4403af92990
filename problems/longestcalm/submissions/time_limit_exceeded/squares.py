# Too slow: begins anew at every hour.
def longestCalm(waves: list[int], limit: int) -> int:
    longest = 0
    for start in range(len(waves)):
        end = start
        while end < len(waves) and waves[end] <= limit:
            end += 1
        longest = max(longest, end - start)
    return longest
