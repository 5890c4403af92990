# Fails: asks for the largest of nothing.
def longestCalm(waves: list[int], limit: int) -> int:
    calms = "".join("c" if wave <= limit else " " for wave in waves).split()
    return max(len(calm) for calm in calms)
