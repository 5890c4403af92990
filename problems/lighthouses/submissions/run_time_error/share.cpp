// Fails: guesses the width from k - 1 dark gaps, and divides by 0 when k is 1.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, lights;
    std::cin >> n >> lights;
    std::vector<int> positions(n);
    for (int& x : positions) std::cin >> x;
    std::sort(positions.begin(), positions.end());
    int length = positions.back() - positions.front();
    volatile int gaps = lights - 1;
    int low = 0, high = std::max(length, length / gaps);
    while (low < high) {
        int middle = low + (high - low) / 2;
        int count = 1, from = positions.front();
        for (int x : positions) {
            if (x - from > middle) {
                from = x;
                count++;
            }
        }
        if (count <= lights) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    std::cout << low << '\n';
}
