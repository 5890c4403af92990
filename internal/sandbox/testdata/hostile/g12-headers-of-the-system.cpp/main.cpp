#include <cstdio>
#include <cstdlib>
int main() { std::puts("ok"); }
