#include <iostream>
#include <string>

int main() {
    int low = 1, high = 1000000;
    std::string word;
    do {
        int guess = (low + high) / 2;
        std::cout << guess << std::endl;
        std::cin >> word;
        if (word == "lower") high = guess - 1;
        if (word == "higher") low = guess + 1;
    } while (std::cin && word != "it");
}
