// Both wait: the guess is still in the program's own buffer.
#include <stdio.h>

int main(void)
{
    char said[16];
    printf("500\n");
    return scanf("%15s", said) == 1;
}
