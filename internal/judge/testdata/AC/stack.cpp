// Recursion as deep as the memory limit lets it be: 100 MiB of stack.
#include <cstdio>

__attribute__((noinline)) long deep(int n) {
    volatile char frame[1000];
    frame[n % 1000] = 1;
    return n == 0 ? 0 : deep(n - 1) + frame[n % 1000];
}

int main() {
    long a, b;
    std::scanf("%ld %ld", &a, &b);
    long n = deep(100000);
    std::printf("%ld\n", a + b + n - 100000);
}
