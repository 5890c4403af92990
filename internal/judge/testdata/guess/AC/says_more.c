// Goes on talking when all is said: nobody listens, and nothing comes of it.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char said[16];
    int low = 1, high = 1000;
    for (;;) {
        int guess = (low + high) / 2;
        printf("%d\n", guess);
        fflush(stdout);
        if (scanf("%15s", said) != 1)
            return 1;
        if (!strcmp(said, "correct"))
            break;
        if (!strcmp(said, "higher"))
            low = guess + 1;
        else
            high = guess - 1;
    }
    for (int i = 0; i < 100000; i++)
        puts("I have won");
    return 0;
}
