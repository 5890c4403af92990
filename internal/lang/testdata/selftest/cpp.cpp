#include <bits/stdc++.h>

template <std::integral T>  // C++20
T add(T a, T b) { return a + b; }

int main() {
    std::ios::sync_with_stdio(false);
    long sum = 0, n;
    while (std::cin >> n) sum = add(sum, n);
    std::cout << sum << '\n';
}
