// try: 30 MiB from malloc, over a limit of 27 MiB
// want: MLE
// limits: memory=27MiB wall=10s
// runs: 2
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
	char *volatile block = malloc(30 << 20);
	memset(block, 1, 30 << 20);
	puts(block[12345] == 1 ? "ok" : "wrong");
	return 0;
}
