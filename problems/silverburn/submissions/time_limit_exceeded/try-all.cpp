// Too slow: tries every way across and remembers nothing.
#include <algorithm>
#include <iostream>
#include <vector>

std::vector<long long> cost;

long long least(std::size_t place, std::size_t last) {
    if (place + 1 == cost.size()) return 0;
    long long best = 4'000'000'000'000'000'000;
    for (std::size_t jump = 1; jump <= 3 && place + jump < cost.size(); jump++) {
        if (jump == last) continue;
        best = std::min(best, cost[place + jump] + least(place + jump, jump));
    }
    return best;
}

int main() {
    int n;
    std::cin >> n;
    cost.resize(n + 2);
    for (int i = 1; i <= n; i++) std::cin >> cost[i];
    std::cout << least(0, 0) << '\n';
}
