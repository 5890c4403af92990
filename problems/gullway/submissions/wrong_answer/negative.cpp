// Wrong: % of a negative height is negative, so -1 and 2 do not meet modulo 3.
#include <iostream>
#include <map>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    long long n, k, height = 0, lucky = 0;
    std::cin >> n >> k;
    std::map<long long, int> seen{{0, 1}};
    for (int i = 0; i < n; i++) {
        long long climb;
        std::cin >> climb;
        height = (height + climb) % k;
        lucky += seen[height]++;
    }
    std::cout << lucky << '\n';
}
