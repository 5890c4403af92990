// try: executes copies of itself from /scratch, /tmp, /dev/shm and from memory; a fresh program might have lost the filter and the limits
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

// contained is what a copy says: that it is as bound as its parent was.
static int contained(const char *stack)
{
	struct rlimit l;
	getrlimit(RLIMIT_STACK, &l);
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_SECCOMP) == 2 && l.rlim_cur == strtoull(stack, NULL, 10) &&
		syscall(SYS_unshare, 0x10000000) == -1 && open("/code/x", O_CREAT | O_WRONLY, 0600) < 0 && getuid() != 0;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return contained(argv[1]) ? 42 : 43;
	char stack[32];
	struct rlimit l;
	getrlimit(RLIMIT_STACK, &l);
	sprintf(stack, "%llu", (unsigned long long)l.rlim_cur);
	char *arguments[] = {"copy", stack, NULL};
	const char *places[] = {"/scratch/copy", "/tmp/copy2", "/dev/shm/copy3", NULL};
	static char text[4 << 20];
	int self = open("/proc/self/exe", O_RDONLY);
	long size = read(self, text, sizeof text);
	if (size < 1000)
		return 3;
	for (int i = 0; i < 4; i++) {
		int fd = places[i] ? open(places[i], O_CREAT | O_WRONLY, 0777) : (int)syscall(SYS_memfd_create, "copy", 0);
		int status, written = fd >= 0 && write(fd, text, size) == size;
		if (places[i])
			close(fd);
		int pid = fork();
		if (pid == 0) {
			if (written)
				places[i] ? execve(places[i], arguments, environ) : syscall(SYS_execveat, fd, "", arguments, environ, AT_EMPTY_PATH);
			_exit(42); // refused: as good
		}
		if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 42) {
			printf("copy %d ended with %x\n", i, status);
			return 0;
		}
	}
	puts("ok");
}
