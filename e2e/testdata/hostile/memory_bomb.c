// expect: MLE
// Children eat the memory, and the parent pretends that all is well.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2) return 1;
    if (fork() == 0)
        for (char *p; (p = malloc(1 << 24)); memset(p, 1, 1 << 24)) continue;
    wait(NULL);
    printf("%lld\n", a + b);
    return 0;
}
