// try: computes for just more than its time and ends by itself, with the right answer
// want: TLE
// limits: cpu=300ms wall=20s
// runs: 2
#include <stdio.h>
#include <time.h>
int main(void)
{
	while (clock() < 0.301 * CLOCKS_PER_SEC)
		;
	puts("ok");
	return 0;
}
