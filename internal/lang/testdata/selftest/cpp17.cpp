#include <bits/stdc++.h>

int main() {
    std::pair<long, long> numbers;
    std::cin >> numbers.first >> numbers.second;
    auto [a, b] = numbers;  // C++17
    std::cout << a + b << '\n';
}
