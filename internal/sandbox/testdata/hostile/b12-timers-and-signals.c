// try: queues as many signals and makes as many timers as the kernel lets it
// want: AC or MLE
// limits: cpu=2s memory=16MiB wall=20s
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
	sigset_t all;
	timer_t t;
	long timers = 0, signals = 0;
	union sigval nothing = {0};
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, 0);
	while (signals < 10000000 && sigqueue(getpid(), SIGRTMIN, nothing) == 0)
		signals++;
	struct sigevent none = {.sigev_notify = SIGEV_NONE};
	while (timers < 10000000 && timer_create(CLOCK_MONOTONIC, &none, &t) == 0)
		timers++;
	if (timers < 10000000 && signals < 10000000)
		puts("ok");
	else
		printf("%ld timers, %ld signals\n", timers, signals);
	return 0;
}
