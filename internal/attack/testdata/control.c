// The control: an honest program that computes for about 100 ms and says back its input.
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    char word[128];
    uint64_t x = 1;
    if (scanf("%127s", word) != 1)
        return 1;
    for (long i = 0; i < 60000000; i++)
        x = x * 6364136223846793005u + 1442695040888963407u;
    printf("%s %llu\n", word, (unsigned long long)x);
    return 0;
}
