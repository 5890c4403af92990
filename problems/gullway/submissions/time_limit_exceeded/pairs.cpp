// Too slow: adds up every stretch.
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    long long n, k, lucky = 0;
    std::cin >> n >> k;
    std::vector<long long> climbs(n);
    for (long long& climb : climbs) std::cin >> climb;
    for (int left = 0; left < n; left++) {
        long long total = 0;
        for (int right = left; right < n; right++) {
            total += climbs[right];
            lucky += total % k == 0;
        }
    }
    std::cout << lucky << '\n';
}
