#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    long long n, k;
    std::cin >> n >> k;
    std::vector<long long> heights(n + 1);
    for (int i = 1; i <= n; i++) {
        long long climb;
        std::cin >> climb;
        heights[i] = ((heights[i - 1] + climb) % k + k) % k;
    }
    std::sort(heights.begin(), heights.end());
    long long lucky = 0;
    for (std::size_t from = 0, to; from < heights.size(); from = to) {
        for (to = from; to < heights.size() && heights[to] == heights[from];) to++;
        long long equal = to - from;
        lucky += equal * (equal - 1) / 2;
    }
    std::cout << lucky << '\n';
}
