// Wrong: pairs neighbours in sorted order, from the lightest up.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, limit;
    std::cin >> n >> limit;
    std::vector<int> weights(n);
    for (int& weight : weights) std::cin >> weight;
    std::sort(weights.begin(), weights.end());
    int crossings = 0;
    for (int i = 0; i < n; i++, crossings++) {
        if (i + 1 < n && weights[i] <= limit - weights[i + 1]) i++;
    }
    std::cout << crossings << '\n';
}
