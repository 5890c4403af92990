// try: signals every process number, group and session there may be; who keeps and who checks must not feel it
// want: AC
// limits: cpu=4s wall=15s
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	int signals[] = {SIGSTOP, SIGTERM, SIGPIPE, SIGKILL};
	for (int s = 0; s < 4; s++)
		for (int pid = 1; pid < 33000; pid++)
			if (pid != getpid() && pid != getpgrp()) {
				kill(pid, signals[s]);
				if (pid > 1)
					kill(-pid, signals[s]);
			}
	puts("ok");
}
