// One after the other: ten guesses are not enough. It ends well.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char said[16];
    for (int guess = 1; guess <= 1000; guess++) {
        printf("%d\n", guess);
        fflush(stdout);
        if (scanf("%15s", said) != 1 || !strcmp(said, "correct"))
            return 0;
    }
    return 0;
}
