// try: queues signals to itself until it cannot: the kernel counts them for whoever made the box too, and then no other box can make a timer
// want: AC or MLE
// limits: wall=20s memory=128MiB
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	sigset_t all;
	union sigval nothing = {0};
	long n = 0;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, 0);
	while (n < 10000000 && sigqueue(getpid(), SIGRTMIN, nothing) == 0)
		n++;
	usleep(300000);
	if (n <= 4096)
		puts("ok");
	else
		printf("%ld signals\n", n);
	return 0;
}
