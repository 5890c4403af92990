// A number may go on as long as nothing comes behind it.
#include <stdio.h>

int main(void)
{
    char said[16];
    printf("500");
    fflush(stdout);
    return scanf("%15s", said) == 1;
}
