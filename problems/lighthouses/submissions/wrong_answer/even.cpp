// Wrong: divides the whole shore evenly among the lighthouses.
#include <algorithm>
#include <iostream>

int main() {
    int n, lights, first = 2'000'000'000, last = 0;
    std::cin >> n >> lights;
    for (int i = 0; i < n; i++) {
        int x;
        std::cin >> x;
        first = std::min(first, x);
        last = std::max(last, x);
    }
    std::cout << (last - first + lights - 1) / lights << '\n';
}
