// try: 30 MiB on the stack, over a limit of 27 MiB
// want: MLE or RE
// limits: memory=27MiB wall=10s
// runs: 2
#include <stdio.h>
static int down(int n) { volatile char frame[1008]; frame[0] = 1; return n == 0 ? 0 : down(n - 1) + frame[0]; }
int main(void)
{
	puts(down(30 * 1000) == 30 * 1000 ? "ok" : "wrong");
	return 0;
}
