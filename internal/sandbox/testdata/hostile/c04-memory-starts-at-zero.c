// try: uses most of its memory in each of five tests; none may be charged for another
// want: AC
// limits: memory=32MiB wall=20s
// runs: 5
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
	char *volatile block = malloc(28 << 20);
	memset(block, 1, 28 << 20);
	puts(block[12345] == 1 ? "ok" : "wrong");
	return 0;
}
