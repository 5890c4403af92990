#include <iostream>
#include <string>

// The last blast is a long one and says how long ones sound.
int main() {
    std::string word;
    std::cin >> word;
    if (word == "send") {
        int number;
        std::cin >> number;
        for (int bit = 29; bit >= 0; bit--) std::cout << ((number >> bit & 1) ? 'L' : 'S');
        std::cout << "L\n";
        return 0;
    }
    std::string blasts;
    std::cin >> blasts;
    int number = 0;
    for (size_t i = 0; i + 1 < blasts.size(); i++) number = number * 2 + (blasts[i] == blasts.back());
    std::cout << number << '\n';
}
