// try: 80 MiB of stack under a limit of 256 MiB must work: an honest recursion
// want: AC
// limits: memory=256MiB wall=10s
#include <stdio.h>
static int down(int n) { volatile char frame[1024]; frame[0] = 1; return n == 0 ? 0 : down(n - 1) + frame[0]; }
int main(void)
{
	if (down(80 * 1000) == 80 * 1000)
		puts("ok");
	return 0;
}
