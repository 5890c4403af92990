// Wrong: doubles the baskets, which makes too few.
#include <iostream>
#include <vector>

int main() {
    long long herring;
    std::cin >> herring;
    std::vector<long long> baskets;
    for (long long size = 1; herring >= size; size *= 2) {
        baskets.push_back(size);
        herring -= size;
    }
    baskets.back() += herring;
    std::cout << baskets.size() << '\n';
    for (long long basket : baskets) std::cout << basket << ' ';
    std::cout << '\n';
}
