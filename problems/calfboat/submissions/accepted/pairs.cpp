#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, limit;
    std::cin >> n >> limit;
    std::vector<int> weights(n);
    for (int& weight : weights) std::cin >> weight;
    std::sort(weights.begin(), weights.end());
    int crossings = 0;
    for (int light = 0, heavy = n - 1; light <= heavy; heavy--, crossings++) {
        if (weights[light] <= limit - weights[heavy]) light++;
    }
    std::cout << crossings << '\n';
}
