// try: is C++ sent as C
// want: CE
#include <iostream>
int main() { std::cout << "ok\n"; }
