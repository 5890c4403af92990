class Solution {
    public int longestCalm(int[] waves, int limit) {
        int longest = 0, now = 0;
        for (int wave : waves) {
            now = wave <= limit ? now + 1 : 0;
            longest = Math.max(longest, now);
        }
        return longest;
    }
}
