// try: prints a wrong answer and goes on computing: it is too slow before it is wrong
// want: TLE
// limits: cpu=300ms wall=3s
#include <stdio.h>

int main(void)
{
	puts("no");
	fflush(stdout);
	for (volatile int i = 0;; i++)
		;
}
