// Guess a number from 1 to 1000 in at most ten guesses. Every guess is answered with
// "higher", "lower" or "correct"; after that it accepts.
#include <stdio.h>
#include <string.h>

static char *directory;

static int reject(const char *why)
{
    char path[256];
    snprintf(path, sizeof path, "%sjudgemessage.txt", directory);
    FILE *f = fopen(path, "w");
    fprintf(f, "%s\n", why);
    fclose(f);
    return 43;
}

int main(int argc, char **argv)
{
    int number, guess;
    FILE *input = fopen(argv[1], "r");
    directory = argv[3];
    if (argc < 4 || !input || fscanf(input, "%d", &number) != 1)
        return 1;
    for (int i = 0; i < 10; i++) {
        if (scanf("%d", &guess) != 1)
            return reject(feof(stdin) ? "no more guesses" : "not a number");
        if (guess < 1 || guess > 1000)
            return reject("not from 1 to 1000");
        if (guess == number) {
            puts("correct");
            fflush(stdout);
            return 42;
        }
        puts(guess < number ? "higher" : "lower");
        fflush(stdout);
    }
    return reject("ten guesses");
}
