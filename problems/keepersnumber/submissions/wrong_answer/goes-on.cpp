// Wrong: guesses once more after the number was found.
#include <iostream>
#include <string>

int main() {
    int low = 1, high = 1000000, guess = 0;
    std::string word;
    while (word != "it") {
        guess = (low + high) / 2;
        std::cout << guess << std::endl;
        if (!(std::cin >> word)) return 0;
        if (word == "lower") high = guess - 1;
        if (word == "higher") low = guess + 1;
    }
    std::cout << guess << std::endl;
}
