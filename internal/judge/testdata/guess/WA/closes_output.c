// Closes its output and waits for an answer that cannot come.
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char said[16];
    close(1);
    return scanf("%15s", said) == 1;
}
