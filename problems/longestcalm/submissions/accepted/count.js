function longestCalm(waves, limit) {
    let longest = 0, now = 0;
    for (const wave of waves) {
        now = wave <= limit ? now + 1 : 0;
        longest = Math.max(longest, now);
    }
    return longest;
}
