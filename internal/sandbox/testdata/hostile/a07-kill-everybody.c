// try: sends the deadly and the stopping signals to every process there is, the executor's and the box's own too
// want: AC
// limits: wall=20s
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static const int signals[] = {SIGSTOP, SIGKILL, SIGTERM, SIGXCPU, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1};
	for (int i = 0; i < (int)(sizeof signals / sizeof *signals); i++) {
		kill(-1, signals[i]);
		for (int p = 1; p < 5000; p++)
			if (p != getpid() && kill(p, signals[i]) == 0 && p != 1) { // 1 is the box's own, and must live on
				printf("process %d was there\n", p);
				return 0;
			}
	}
	puts("ok");
	return 0;
}
