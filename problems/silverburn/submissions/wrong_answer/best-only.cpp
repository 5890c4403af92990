// Wrong: remembers only the best way to each stone, and with it one last jump.
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<long long> least(n + 2, 4'000'000'000'000'000'000);
    std::vector<int> last(n + 2);
    least[0] = 0;
    for (int place = 1; place <= n + 1; place++) {
        long long cost = 0;
        if (place <= n) std::cin >> cost;
        for (int jump = 1; jump <= 3 && jump <= place; jump++) {
            if (last[place - jump] == jump) continue;
            if (least[place - jump] + cost < least[place]) {
                least[place] = least[place - jump] + cost;
                last[place] = jump;
            }
        }
    }
    std::cout << least[n + 1] << '\n';
}
