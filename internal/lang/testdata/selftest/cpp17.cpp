#include <bits/stdc++.h>

int main() {
    std::ios::sync_with_stdio(false);
    std::istream_iterator<long> numbers(std::cin), end;
    auto [sum, newline] = std::pair(std::accumulate(numbers, end, 0L), '\n');  // C++17
    std::cout << sum << newline;
}
