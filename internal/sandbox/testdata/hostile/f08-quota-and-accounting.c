// try: reads quotas, and has the kernel write a record of every process into a file
// want: AC
#define _GNU_SOURCE
#include <errno.h>
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
	char block[256];
	refused("flush quotas", SYS_quotactl, 0x80000100, 0, 0, 0, 0);
	refused("read a quota", SYS_quotactl, 0x80000700, (long)"/dev/sda1", 0, (long)block, 0);
	refused("of a descriptor", 443, 0, 0x80000700, 0, (long)block, 0);
	refused("accounting off", SYS_acct, 0, 0, 0, 0, 0);
	if (!bad)
		puts("ok");
}
