class Solution {
public:
    int longestCalm(vector<int> &waves, int limit) {
        int longest = 0, now = 0;
        for (int wave : waves) {
            now = wave <= limit ? now + 1 : 0;
            longest = max(longest, now);
        }
        return longest;
    }
};
