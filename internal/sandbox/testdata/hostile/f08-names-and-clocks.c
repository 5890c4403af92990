// try: changes the host name, the clock and its rate
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <time.h>
#include <sys/time.h>
#include <sys/timex.h>
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
	struct timespec now;
	struct timeval clock;
	struct timex rate = {.modes = ADJ_TICK, .tick = 10000}; // as it is
	clock_gettime(CLOCK_REALTIME, &now);
	gettimeofday(&clock, NULL);
	refused("host name", SYS_sethostname, (long)"evil", 4, 0, 0, 0);
	refused("domain name", SYS_setdomainname, (long)"evil", 4, 0, 0, 0);
	refused("clock", SYS_clock_settime, CLOCK_REALTIME, (long)&now, 0, 0, 0);
	refused("time of day", SYS_settimeofday, (long)&clock, 0, 0, 0, 0);
	refused("rate", SYS_adjtimex, (long)&rate, 0, 0, 0, 0);
	refused("rate of a clock", SYS_clock_adjtime, CLOCK_REALTIME, (long)&rate, 0, 0, 0);
	if (!bad)
		puts("ok");
}
