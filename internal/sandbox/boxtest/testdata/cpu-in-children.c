// want: cpu
// limits: cpu=400ms wall=10s
// The parent sleeps; two children burn, and neither is reaped.
#include <unistd.h>
#include <time.h>
int main(void) {
	for (int i = 0; i < 2; i++)
		if (fork() == 0) { while (clock() < 0.3 * CLOCKS_PER_SEC); _exit(0); }
	sleep(9);
	return 0;
}
