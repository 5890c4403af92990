// try: keeps and reads keys in the rings of session, user and thread, which others of the same user could share
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
	for (long ring = -8; ring < 0; ring++) {
		refused("add a key", SYS_add_key, (long)"user", (long)"note", (long)"1", 1, ring);
		refused("request a key", SYS_request_key, (long)"user", (long)"note", 0, ring, 0);
		refused("ring", SYS_keyctl, 0, ring, 1, 0, 0);
		refused("describe", SYS_keyctl, 6, ring, 0, 0, 0);
		refused("read", SYS_keyctl, 11, ring, 0, 0, 0);
	}
	refused("join a session", SYS_keyctl, 1, (long)"_ses", 0, 0, 0);
	if (!bad)
		puts("ok");
}
