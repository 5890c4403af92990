// try: loads a driver, and unloads one
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
	char image[64] = "\177ELF";
	refused("load", SYS_init_module, (long)image, sizeof image, (long)"", 0, 0);
	refused("load a file", SYS_finit_module, 0, (long)"", 0, 0, 0);
	refused("unload", SYS_delete_module, (long)"no_such_module", 0, 0, 0, 0);
	if (!bad)
		puts("ok");
}
