func longestCalm(waves []int, limit int) int {
	longest, now := 0, 0
	for _, wave := range waves {
		now++
		if wave > limit {
			now = 0
		}
		longest = max(longest, now)
	}
	return longest
}
