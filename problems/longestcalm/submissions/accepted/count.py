def longestCalm(waves: list[int], limit: int) -> int:
    longest = now = 0
    for wave in waves:
        now = now + 1 if wave <= limit else 0
        longest = max(longest, now)
    return longest
