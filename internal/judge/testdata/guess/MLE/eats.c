#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char said[16];
    puts("500");
    fflush(stdout);
    if (scanf("%15s", said) != 1)
        return 1;
    for (;;)
        memset(malloc(1 << 20), 1, 1 << 20);
}
