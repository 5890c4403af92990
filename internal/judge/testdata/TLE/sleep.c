// The right answer, and then nothing: the wall limit ends it.
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    long a, b;
    scanf("%ld %ld", &a, &b);
    printf("%ld\n", a + b);
    fflush(stdout);
    sleep(1000);
}
