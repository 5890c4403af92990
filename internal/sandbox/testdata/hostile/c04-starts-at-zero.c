// try: uses most of its time in each of five tests; none may be charged for another
// want: AC
// limits: cpu=200ms wall=20s
// runs: 5
#include <stdio.h>
#include <time.h>
int main(void)
{
	while (clock() < 0.15 * CLOCKS_PER_SEC)
		;
	puts("ok");
	return 0;
}
