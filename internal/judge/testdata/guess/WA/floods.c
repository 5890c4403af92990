// Never reads, never stops.
#include <stdio.h>

int main(void)
{
    for (;;)
        puts("1");
}
