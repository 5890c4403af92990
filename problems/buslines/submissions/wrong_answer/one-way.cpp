// Wrong: takes every line in one direction only.
#include <functional>
#include <iostream>
#include <queue>
#include <utility>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, lines;
    std::cin >> n >> lines;
    std::vector<std::vector<std::pair<int, long long>>> hops(n + 1);
    while (lines-- > 0) {
        int k, here, there;
        long long minutes;
        std::cin >> k >> minutes >> here;
        for (; k > 1; k--, here = there) {
            std::cin >> there;
            hops[here].push_back({there, minutes});
        }
    }
    std::vector<bool> done(n + 1);
    std::priority_queue<std::pair<long long, int>, std::vector<std::pair<long long, int>>, std::greater<>> queue;
    queue.push({0, 1});
    long long farthest = 0;
    int reached = 0;
    while (!queue.empty()) {
        auto [time, stop] = queue.top();
        queue.pop();
        if (done[stop]) continue;
        done[stop] = true;
        farthest = time;
        reached++;
        for (auto [there, minutes] : hops[stop]) queue.push({time + minutes, there});
    }
    std::cout << reached << ' ' << farthest << '\n';
}
