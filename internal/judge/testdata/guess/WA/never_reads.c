#include <stdio.h>

int main(void)
{
    for (int guess = 1; guess <= 10; guess++)
        printf("%d\n", guess);
    return 0;
}
