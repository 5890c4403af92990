// try: 30 MiB in a static array, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <stdio.h>
#include <string.h>
char block[30 << 20];
int main(void)
{
	memset(block, 1, sizeof block);
	puts(block[12345] == 1 ? "ok" : "wrong");
	return 0;
}
