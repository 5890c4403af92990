// expect: AC
// The parent answers and ends; thirty children would like to stay, holding its output.
#include <stdio.h>
#include <unistd.h>

int main(void) {
    long long a, b;
    if (scanf("%lld %lld", &a, &b) != 2) return 1;
    printf("%lld\n", a + b);
    fflush(stdout);
    for (int i = 0; i < 30; i++)
        if (fork() == 0) {
            setsid();
            sleep(1000);
        }
    return 0;
}
