// try: forks in sessions of their own and leaves its process group, so that a kill of session or group misses it
// want: TLE
// limits: cpu=500ms wall=10s
#include <signal.h>
#include <unistd.h>
int main(void)
{
	for (int s = 1; s < 32; s++)
		signal(s, SIG_IGN);
	for (;;)
		if (fork() == 0) {
			setsid();
			if (fork() > 0)
				_exit(0);
			setpgid(0, 0);
		}
}
