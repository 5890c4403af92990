#include <algorithm>
#include <iostream>
#include <vector>

// Counts, for each stack, the higher ones before it, in a tree of sums.
int main() {
    int n;
    std::cin >> n;
    std::vector<int> heights(n);
    for (int& h : heights) std::cin >> h;
    std::vector<int> sorted(heights);
    std::sort(sorted.begin(), sorted.end());
    std::vector<int> tree(n + 1);
    long long pairs = 0;
    for (int i = 0; i < n; i++) {
        int rank = std::lower_bound(sorted.begin(), sorted.end(), heights[i]) - sorted.begin() + 1;
        int last = std::upper_bound(sorted.begin(), sorted.end(), heights[i]) - sorted.begin();
        int notHigher = 0;
        for (int k = last; k > 0; k -= k & -k) notHigher += tree[k];
        pairs += i - notHigher;
        for (int k = rank; k <= n; k += k & -k) tree[k]++;
    }
    std::cout << pairs << '\n';
}
