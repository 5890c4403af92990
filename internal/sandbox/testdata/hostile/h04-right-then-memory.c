// try: prints the right answer and takes all memory: the comparison must not count
// want: MLE
// limits: memory=32MiB
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
	puts("ok");
	fflush(stdout);
	for (char *p; (p = malloc(1 << 20));)
		memset(p, 1, 1 << 20);
}
