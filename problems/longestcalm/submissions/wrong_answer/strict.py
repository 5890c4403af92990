# Wrong: a wave as high as the limit ends its calm.
def longestCalm(waves: list[int], limit: int) -> int:
    longest = now = 0
    for wave in waves:
        now = now + 1 if wave < limit else 0
        longest = max(longest, now)
    return longest
