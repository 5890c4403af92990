// try: raises every resource limit, takes a better priority, a real-time class, another processor
// want: AC
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
	int hard[] = {RLIMIT_FSIZE, RLIMIT_CORE, RLIMIT_NOFILE, RLIMIT_STACK, RLIMIT_MEMLOCK, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_CPU};
	struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, now;
	for (int i = 0; i < (int)(sizeof hard / sizeof *hard); i++)
		if (getrlimit(hard[i], &now) != 0 || now.rlim_max == RLIM_INFINITY || setrlimit(hard[i], &all) == 0)
			printf("limit %d\n", hard[i]);
	struct sched_param first = {.sched_priority = 1}, none = {0};
	cpu_set_t cpus;
	if (setpriority(PRIO_PROCESS, 0, -5) == 0)
		puts("a better priority");
	if (sched_setscheduler(0, SCHED_FIFO, &first) == 0 || sched_setscheduler(0, SCHED_RR, &first) == 0 || sched_setscheduler(0, SCHED_BATCH, &none) == 0)
		puts("another class");
	if (syscall(SYS_ioprio_set, 1, 0, 1 << 13) == 0)
		puts("a better class of input and output");
	CPU_ZERO(&cpus);
	for (int i = 0; i < 1024; i++)
		CPU_SET(i, &cpus);
	if (sched_setaffinity(0, sizeof cpus, &cpus) == 0)
		puts("other processors");
	if (syscall(SYS_sched_setattr, 0, &all, 0) == 0)
		puts("a deadline");
	puts("ok");
	return 0;
}
