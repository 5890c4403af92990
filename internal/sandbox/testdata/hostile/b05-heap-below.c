// try: 30 MiB from malloc, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
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
