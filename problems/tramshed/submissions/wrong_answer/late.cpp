// Wrong: counts the trams after one has left, not before.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<int> shed;
    std::size_t room = 0;
    int arrived = 0;
    for (int i = 0; i < n; i++) {
        int tram;
        std::cin >> tram;
        while (arrived < tram) shed.push_back(++arrived);
        if (shed.back() != tram) {
            std::cout << "impossible\n";
            return 0;
        }
        shed.pop_back();
        room = std::max(room, shed.size());
    }
    std::cout << room << '\n';
}
