// try: takes memory that limits and dumps may not see: secret areas, other nodes, moved pages, locked pages
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
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
	unsigned long nodes = 1;
	int status[1], node[1] = {0};
	void *page[1] = {main};
	refused("secret", 447, 0, 0, 0, 0, 0);
	refused("policy", SYS_set_mempolicy, 3, (long)&nodes, 64, 0, 0);
	refused("migrate", SYS_migrate_pages, 1, 64, (long)&nodes, (long)&nodes, 0);
	refused("move", SYS_move_pages, 1, 1, (long)page, (long)node, (long)status);
	struct rlimit l;
	getrlimit(RLIMIT_MEMLOCK, &l);
	if (l.rlim_cur > 64 << 20)
		bad = printf("%lu bytes can be locked\n", l.rlim_cur);
	if (!bad)
		puts("ok");
}
