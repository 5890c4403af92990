// try: leaves stopped children; a process that is stopped must die all the same
// want: AC
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	int status = 0;
	for (int i = 0; i < 10; i++) {
		int child = fork();
		if (child == 0) {
			setsid();
			for (;;)
				raise(SIGSTOP);
		}
		if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) {
			puts("it would not stop");
			return 0;
		}
	}
	puts("ok");
	return 0;
}
