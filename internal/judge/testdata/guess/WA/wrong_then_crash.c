// Crashes right after it has said something wrong: it has said it.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    puts("0");
    fflush(stdout);
    abort();
}
