// The right answer with the wrong exit status.
#include <iostream>

int main() {
    long a, b;
    std::cin >> a >> b;
    std::cout << a + b << std::endl;
    return 1;
}
