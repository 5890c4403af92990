// try: prints the right answer and computes for ever
// want: TLE
// limits: cpu=300ms wall=20s
#include <stdio.h>
int main(void)
{
	puts("ok");
	fflush(stdout);
	for (volatile int i = 0;; i++)
		;
}
