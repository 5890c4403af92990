// try: reads every clock, which it may, and sets every clock, which it may not
// want: AC
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
	struct timespec t, past = {0, 0};
	struct timeval origin = {0, 0};
	struct timex x = {.modes = ADJ_SETOFFSET, .time = {-1000, 0}}, slow = {.modes = ADJ_FREQUENCY, .freq = -32768000};
	for (int clock = 0; clock < 12; clock++)
		if (clock != 10 && syscall(SYS_clock_gettime, clock, &t) != 0 && clock < 4)
			printf("clock %d cannot be read\n", clock);
	for (int clock = 0; clock < 12; clock++)
		if (clock_settime(clock, &past) == 0)
			printf("clock %d is set\n", clock);
	if (settimeofday(&origin, 0) == 0 || adjtimex(&x) >= 0 || clock_adjtime(CLOCK_REALTIME, &slow) >= 0)
		puts("time is set");
	if (unshare(0x80) == 0)
		puts("a time namespace");
	puts("ok");
	return 0;
}
