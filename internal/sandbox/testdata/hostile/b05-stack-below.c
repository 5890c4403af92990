// try: 30 MiB on the stack, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <stdio.h>
static int down(int n) { volatile char frame[1008]; frame[0] = 1; return n == 0 ? 0 : down(n - 1) + frame[0]; }
int main(void)
{
	puts(down(30 * 1000) == 30 * 1000 ? "ok" : "wrong");
	return 0;
}
