#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    const long long far = 1'000'000'000'000'000'000;
    int n;
    std::cin >> n;
    std::vector<long long> cost(n + 2);
    for (int i = 1; i <= n; i++) std::cin >> cost[i];
    // least[place][jump]: the least sweat to stand on place after a jump of that length.
    std::vector<std::array<long long, 4>> least(n + 2, {far, far, far, far});
    least[0][0] = 0;
    for (int place = 1; place <= n + 1; place++) {
        for (int jump = 1; jump <= std::min(3, place); jump++) {
            for (int last = 0; last <= 3; last++) {
                if (last == jump) continue;
                least[place][jump] = std::min(least[place][jump], least[place - jump][last] + cost[place]);
            }
        }
    }
    std::cout << *std::min_element(least[n + 1].begin(), least[n + 1].end()) << '\n';
}
