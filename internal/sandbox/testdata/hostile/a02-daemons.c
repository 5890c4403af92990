// try: leaves thirty daemons, each in a session of its own, that ignore every signal and want to live on
// want: AC
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 30; i++)
		if (fork() == 0) {
			setsid();
			if (fork() > 0)
				_exit(0);
			for (int s = 1; s < 65; s++)
				signal(s, SIG_IGN);
			for (int fd = 0; fd < 3; fd++)
				close(fd);
			for (;;)
				pause();
		}
	kill(1, SIGKILL); // if that is the box's own, it must not die of it
	puts("ok");
	return 0;
}
