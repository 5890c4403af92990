#include <iostream>
#include <vector>

// Prints the baskets from the largest on: another order, and as right.
int main() {
    long long herring;
    std::cin >> herring;
    std::vector<long long> baskets;
    for (long long size = 1; herring >= size; size++) {
        baskets.push_back(size);
        herring -= size;
    }
    baskets.back() += herring;
    std::cout << baskets.size() << '\n';
    for (auto it = baskets.rbegin(); it != baskets.rend(); ++it) std::cout << *it << ' ';
    std::cout << '\n';
}
