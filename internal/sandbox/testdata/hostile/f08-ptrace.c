// try: traces the first process of the box and its parent, and its own child
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
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
	refused("attach to 1", SYS_ptrace, PTRACE_ATTACH, 1, 0, 0, 0);
	refused("seize 1", SYS_ptrace, PTRACE_SEIZE, 1, 0, 0, 0);
	int child = fork();
	if (child == 0)
		for (;;)
			pause();
	// Tracing one's own child harms nobody, and some engines allow it; then it must be no way round the filter.
	if (ptrace(PTRACE_SEIZE, child, 0, 0) == 0 && ptrace(PTRACE_SEIZE, 1, 0, 0) == 0)
		bad = puts("traced");
	kill(child, SIGKILL);
	if (!bad)
		puts("ok");
}
