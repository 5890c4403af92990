// try: hides its processor time in orphans of sessions of their own
// want: TLE
// limits: cpu=400ms wall=20s
#include <stdio.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 8; i++)
		if (fork() == 0) {
			setsid();
			if (fork() > 0)
				_exit(0);
			while (clock() < 0.2 * CLOCKS_PER_SEC)
				;
			_exit(0);
		}
	sleep(10);
	puts("ok");
	return 0;
}
