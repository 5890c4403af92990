// Wrong: forgets the calm that the list ends in.
function longestCalm(waves, limit) {
    let longest = 0, now = 0;
    for (const wave of waves) {
        if (wave <= limit) {
            now++;
        } else {
            longest = Math.max(longest, now);
            now = 0;
        }
    }
    return longest;
}
