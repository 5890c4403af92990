#include <bits/stdc++.h>

enum class Sign : char { newline = '\n' };

int main() {
    std::ios::sync_with_stdio(false);
    long sum = 0, n;
    while (std::cin >> n) sum += n;
    std::cout << sum << std::to_underlying(Sign::newline);  // C++23
}
