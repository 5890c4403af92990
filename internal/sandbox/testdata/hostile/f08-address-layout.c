// try: changes its personality: no random addresses, readable means executable, page zero mapped
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
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
	refused("no randomisation", SYS_personality, 0x0040000, 0, 0, 0, 0);
	refused("read implies execute", SYS_personality, 0x0400000, 0, 0, 0, 0);
	refused("page zero", SYS_personality, 0x0100000, 0, 0, 0, 0);
	if (mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED)
		bad = puts("page zero is mapped");
	if (!bad)
		puts("ok");
}
