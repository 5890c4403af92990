// try: gives itself a real-time class, another processor and a higher priority in the disk queue
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int bad;

// refused makes the call in a child. It must be told no, or be ended by the filter.
static void refused(const char *name, long number, long a, long b, long c, long d, long e)
{
	int status, pid = fork();
	if (pid == 0)
		_exit(syscall(number, a, b, c, d, e, 0) == -1 && (errno == EPERM || errno == ENOSYS || errno == EACCES) ? 0 : errno ? errno : 255);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || WIFSIGNALED(status) && WTERMSIG(status) != 31 /* SIGSYS */ || WIFEXITED(status) && WEXITSTATUS(status))
		bad = printf("%s: status %x\n", name, status);
}

int main(void)
{
	struct sched_param p = {.sched_priority = 1};
	unsigned long all = ~0ul;
	struct { unsigned size, policy; unsigned long flags; int nice; unsigned priority; unsigned long runtime, deadline, period; } attributes = {48, 6, 0, 0, 0, 1000000, 2000000, 3000000};
	refused("real time", SYS_sched_setscheduler, 0, SCHED_FIFO, (long)&p, 0, 0);
	refused("round robin", SYS_sched_setscheduler, 0, SCHED_RR, (long)&p, 0, 0);
	refused("deadline", SYS_sched_setattr, 0, (long)&attributes, 0, 0, 0);
	refused("nice", SYS_setpriority, 0, 0, -10, 0, 0);
	refused("nice for everybody", SYS_setpriority, 2, getuid(), -10, 0, 0);
	refused("disk", SYS_ioprio_set, 1, 0, 1 << 13, 0, 0);
	refused("processor of 1", SYS_sched_setaffinity, 1, sizeof all, (long)&all, 0, 0);
	if (!bad)
		puts("ok");
}
