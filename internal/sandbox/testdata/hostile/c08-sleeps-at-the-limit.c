// try: computes until just below its time and then sleeps and computes in turns of a microsecond
// want: TLE
// limits: cpu=300ms wall=2s
#include <time.h>
#include <unistd.h>
int main(void)
{
	while (clock() < 0.28 * CLOCKS_PER_SEC)
		;
	for (;;) {
		clock_t start = clock();
		usleep(100);
		while (clock() - start < 10)
			;
	}
}
