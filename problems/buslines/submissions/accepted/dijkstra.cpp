#include <algorithm>
#include <functional>
#include <iostream>
#include <queue>
#include <utility>
#include <vector>

struct Hop {
    int to;
    long long minutes;
};

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, lines;
    std::cin >> n >> lines;
    std::vector<std::vector<Hop>> hops(n + 1);
    while (lines-- > 0) {
        int k, here, there;
        long long minutes;
        std::cin >> k >> minutes >> here;
        for (; k > 1; k--, here = there) {
            std::cin >> there;
            hops[here].push_back({there, minutes});
            hops[there].push_back({here, minutes});
        }
    }

    std::vector<long long> least(n + 1, -1); // -1: not reached yet
    std::priority_queue<std::pair<long long, int>, std::vector<std::pair<long long, int>>, std::greater<>> queue;
    queue.push({0, 1});
    long long farthest = 0;
    int reached = 0;
    while (!queue.empty()) {
        auto [time, stop] = queue.top();
        queue.pop();
        if (least[stop] >= 0) continue;
        least[stop] = farthest = time;
        reached++;
        for (const Hop& hop : hops[stop]) {
            if (least[hop.to] < 0) queue.push({time + hop.minutes, hop.to});
        }
    }
    std::cout << reached << ' ' << farthest << '\n';
}
