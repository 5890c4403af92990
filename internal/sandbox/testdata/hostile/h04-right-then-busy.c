// try: prints the right answer and goes on computing: the comparison must not count
// want: TLE
// limits: cpu=300ms wall=3s
#include <stdio.h>

int main(void)
{
	puts("ok");
	fflush(stdout);
	for (volatile int i = 0;; i++)
		;
}
