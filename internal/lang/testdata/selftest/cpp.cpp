#include <bits/stdc++.h>

template <std::integral T>  // C++20
T sum(T a, T b) { return a + b; }

int main() {
    long a, b;
    std::cin >> a >> b;
    std::cout << sum(a, b) << '\n';
}
