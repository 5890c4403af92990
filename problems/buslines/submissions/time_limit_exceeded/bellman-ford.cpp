// Too slow: goes over all hops until nothing improves, once for each stop of a long chain.
#include <algorithm>
#include <iostream>
#include <vector>

struct Hop {
    int from, to;
    long long minutes;
};

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    const long long far = 4'000'000'000'000'000'000;
    int n, lines;
    std::cin >> n >> lines;
    std::vector<Hop> hops;
    while (lines-- > 0) {
        int k, here, there;
        long long minutes;
        std::cin >> k >> minutes >> here;
        for (; k > 1; k--, here = there) {
            std::cin >> there;
            hops.push_back({here, there, minutes});
        }
    }
    std::vector<long long> least(n + 1, far);
    least[1] = 0;
    for (bool improved = true; improved;) {
        improved = false;
        for (const Hop& hop : hops) {
            if (least[hop.from] + hop.minutes < least[hop.to]) {
                least[hop.to] = least[hop.from] + hop.minutes;
                improved = true;
            }
            if (least[hop.to] + hop.minutes < least[hop.from]) {
                least[hop.from] = least[hop.to] + hop.minutes;
                improved = true;
            }
        }
    }
    long long farthest = 0;
    int reached = 0;
    for (long long time : least) {
        if (time == far) continue;
        reached++;
        farthest = std::max(farthest, time);
    }
    std::cout << reached << ' ' << farthest << '\n';
}
