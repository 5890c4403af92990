// try: computes for nearly its time, by its own clock: that must work
// want: AC
// limits: cpu=300ms wall=20s
// runs: 2
#include <stdio.h>
#include <time.h>
int main(void)
{
	while (clock() < 0.27 * CLOCKS_PER_SEC)
		;
	puts("ok");
	return 0;
}
