// try: makes an executable of a gigabyte of constants
// want: CE
// limits: compile=3s
#include <cstdio>
extern const char big[1 << 30];
const char big[1 << 30] = {1};
int main() { std::putchar(big[12345]); }
