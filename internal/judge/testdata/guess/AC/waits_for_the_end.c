// Reads until there is no more, which comes only when the interactor has ended.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char said[16];
    int low = 1, high = 1000, guess = 500;
    printf("%d\n", guess);
    fflush(stdout);
    while (scanf("%15s", said) == 1) {
        if (!strcmp(said, "correct"))
            continue;
        if (!strcmp(said, "higher"))
            low = guess + 1;
        else
            high = guess - 1;
        guess = (low + high) / 2;
        printf("%d\n", guess);
        fflush(stdout);
    }
    return 0;
}
