// try: executes a file while it writes it, so that the kernel says it is busy; our side must not take that for its own failure
// want: AC
// limits: wall=10s
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int n, char **v)
{
	static char block[1 << 16];
	char *arguments[] = {"x", "child", 0};
	(void)v;
	if (n > 1)
		return 7;
	int wrong = 0;
	for (int i = 0; i < 10; i++) {
		int in = open("/proc/self/exe", O_RDONLY), out = open("/tmp/x", O_CREAT | O_WRONLY | O_TRUNC, 0755), status = 0;
		ssize_t k;
		while ((k = read(in, block, sizeof block)) > 0)
			write(out, block, k);
		int child = fork();
		if (child == 0) {
			execv("/tmp/x", arguments); // busy, unless nothing may be executed here
			_exit(errno == ETXTBSY || errno == EACCES ? 3 : 9);
		}
		close(out);
		waitpid(child, &status, 0);
		wrong += !WIFEXITED(status) || (WEXITSTATUS(status) != 3 && WEXITSTATUS(status) != 7);
		close(in);
	}
	printf(wrong ? "%d ended otherwise\n" : "ok\n", wrong);
	return 0;
}
