#include <bits/stdc++.h>

enum class Sign : char { newline = '\n' };

int main() {
    long a, b;
    std::cin >> a >> b;
    std::cout << a + b << std::to_underlying(Sign::newline);  // C++23
}
