// Prints when it began, in nanoseconds of the machine's monotonic clock.
#include <stdio.h>
#include <time.h>

int main(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	printf("%lld\n", t.tv_sec * 1000000000ll + t.tv_nsec);
}
