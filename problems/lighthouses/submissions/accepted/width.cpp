#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, lights;
    std::cin >> n >> lights;
    std::vector<int> positions(n);
    for (int& x : positions) std::cin >> x;
    std::sort(positions.begin(), positions.end());
    auto needed = [&](int width) {
        int count = 0, from = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0 && positions[i] - positions[from] <= width) continue;
            from = i;
            count++;
        }
        return count;
    };
    int low = 0, high = positions.back() - positions.front();
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (needed(middle) <= lights) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    std::cout << low << '\n';
}
