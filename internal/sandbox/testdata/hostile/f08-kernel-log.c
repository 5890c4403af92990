// try: reads and clears the kernel's log, which has addresses and names of other processes
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
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
	char text[4096];
	refused("read", SYS_syslog, 3, (long)text, sizeof text, 0, 0);
	refused("size", SYS_syslog, 10, 0, 0, 0, 0);
	refused("console off", SYS_syslog, 6, 0, 0, 0, 0);
	if (open("/dev/kmsg", O_RDWR) >= 0 || open("/proc/kmsg", O_RDONLY) >= 0)
		bad = puts("the log can be opened");
	if (!bad)
		puts("ok");
}
