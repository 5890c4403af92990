// Wrong in the last group: keeps 29 bits of the number of pairs.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<int> sorted;
    unsigned pairs = 0;
    for (int i = 0; i < n; i++) {
        int height;
        std::cin >> height;
        auto at = std::upper_bound(sorted.begin(), sorted.end(), height);
        pairs = (pairs + (sorted.end() - at)) & ((1u << 29) - 1);
        sorted.insert(at, height);
    }
    std::cout << pairs << '\n';
}
