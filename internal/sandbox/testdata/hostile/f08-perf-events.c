// try: counts and traces events of the processor, which sees other processes and the kernel
// want: AC
#define _GNU_SOURCE
#include <errno.h>
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
	struct { unsigned type, size; unsigned long config, period, sample, read, flags; char rest[64]; } event;
	memset(&event, 0, sizeof event);
	event.size = sizeof event;
	for (unsigned type = 0; type < 6; type++) {
		event.type = type;
		event.config = type == 1 ? 1 : 0; // page faults in software
		refused("count myself", SYS_perf_event_open, (long)&event, 0, -1, -1, 0);
		refused("count everybody", SYS_perf_event_open, (long)&event, -1, 0, -1, 0);
	}
	if (!bad)
		puts("ok");
}
