// Too slow: counts from a, one by one, b times.
#include <cstdint>
#include <iostream>

int main() {
    std::int64_t a, b;
    std::cin >> a >> b;
    volatile std::int64_t sum = a;
    for (; b > 0; b--) sum = sum + 1;
    for (; b < 0; b++) sum = sum - 1;
    std::cout << sum << '\n';
}
