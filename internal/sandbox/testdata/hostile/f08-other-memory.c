// try: reads and writes the memory of other processes, and compares and takes their open files
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <sys/uio.h>
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
	char text[64];
	struct iovec here = {text, sizeof text}, there = {main, sizeof text};
	int first[] = {1, getppid() ? getppid() : 1};
	for (int i = 0; i < 2; i++) {
		refused("read", SYS_process_vm_readv, first[i], (long)&here, 1, (long)&there, 1);
		refused("write", SYS_process_vm_writev, first[i], (long)&here, 1, (long)&there, 1);
		refused("compare", SYS_kcmp, first[i], getpid(), 0, 0, 0);
		int fd = syscall(SYS_pidfd_open, first[i], 0);
		if (fd >= 0) {
			refused("take a file", SYS_pidfd_getfd, fd, 0, 0, 0, 0);
			refused("advise", SYS_process_madvise, fd, (long)&there, 1, 21, 0);
		}
	}
	if (!bad)
		puts("ok");
}
