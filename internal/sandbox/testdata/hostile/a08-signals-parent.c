// try: stops whoever started it and tells it that its time is over
// want: AC
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static const int signals[] = {SIGSTOP, SIGXCPU, SIGALRM, SIGCHLD, SIGPIPE, SIGURG, SIGKILL};
	int parents[] = {getppid(), 1, 2};
	for (int i = 0; i < (int)(sizeof signals / sizeof *signals); i++)
		for (int k = 0; k < 3; k++)
			if (parents[k] > 0 && parents[k] != getpid() && kill(parents[k], signals[i]) == 0 && parents[k] != 1) {
				printf("signal %d reached %d\n", signals[i], parents[k]);
				return 0;
			}
	puts("ok");
	return 0;
}
