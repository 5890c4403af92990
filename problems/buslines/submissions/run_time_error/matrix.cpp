// Fails: a table of all pairs of stops has no room for more than 500.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    const long long far = 4'000'000'000'000'000'000;
    int n, lines;
    std::cin >> n >> lines;
    std::vector<std::vector<long long>> minutes(501, std::vector<long long>(501, far));
    while (lines-- > 0) {
        int k, here, there;
        long long time;
        std::cin >> k >> time >> here;
        for (; k > 1; k--, here = there) {
            std::cin >> there;
            minutes.at(here).at(there) = std::min(minutes.at(here).at(there), time);
            minutes.at(there).at(here) = std::min(minutes.at(there).at(here), time);
        }
    }
    std::vector<long long> least(n + 1, far);
    std::vector<bool> done(n + 1);
    least[1] = 0;
    long long farthest = 0;
    int reached = 0;
    for (;;) {
        int stop = 0;
        for (int i = 1; i <= n; i++) {
            if (!done[i] && least[i] < least[stop]) stop = i;
        }
        if (stop == 0) break;
        done[stop] = true;
        reached++;
        farthest = least[stop];
        for (int to = 1; to <= n; to++) {
            long long time = minutes.at(stop).at(to);
            if (time < far) least[to] = std::min(least[to], least[stop] + time);
        }
    }
    std::cout << reached << ' ' << farthest << '\n';
}
