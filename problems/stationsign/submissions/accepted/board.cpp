#include <algorithm>
#include <cctype>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

std::string tidy(const std::string& line) {
    std::istringstream words(line);
    std::string word, name;
    while (words >> word) {
        for (char& c : word) c = std::tolower(static_cast<unsigned char>(c));
        word[0] = std::toupper(static_cast<unsigned char>(word[0]));
        name += (name.empty() ? "" : " ") + word;
    }
    return name;
}

int main() {
    std::string line;
    std::getline(std::cin, line);
    std::vector<std::string> names(std::stoi(line));
    std::size_t width = 0;
    for (std::string& name : names) {
        std::getline(std::cin, line);
        name = tidy(line);
        width = std::max(width, name.size());
    }
    const std::string border = "+" + std::string(width + 2, '-') + "+\n";
    std::cout << border;
    for (const std::string& name : names) {
        std::size_t left = (width - name.size()) / 2;
        std::size_t right = width - name.size() - left;
        std::cout << "| " << std::string(left, ' ') << name << std::string(right, ' ') << " |\n";
    }
    std::cout << border;
}
