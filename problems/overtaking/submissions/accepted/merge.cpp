#include <algorithm>
#include <iostream>
#include <vector>

std::vector<int> order, merged, beaten;

// Sorts order[from, to) by number and counts, for each rider, the greater numbers before it.
void sort(int from, int to) {
    if (to - from < 2) return;
    const int middle = from + (to - from) / 2;
    sort(from, middle);
    sort(middle, to);
    int left = from;
    for (int right = middle, i = from; i < to; i++) {
        if (right == to || (left < middle && order[left] < order[right])) {
            merged[i] = order[left++];
        } else {
            beaten[order[right]] += middle - left;
            merged[i] = order[right++];
        }
    }
    std::copy(merged.begin() + from, merged.begin() + to, order.begin() + from);
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    order.resize(n);
    merged.resize(n);
    beaten.resize(n + 1);
    for (int& rider : order) std::cin >> rider;
    sort(0, n);
    for (int rider = 1; rider <= n; rider++) std::cout << beaten[rider] << (rider < n ? ' ' : '\n');
}
