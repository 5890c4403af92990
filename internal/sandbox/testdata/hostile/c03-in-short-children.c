// try: hides its processor time in many children that live for a millisecond each, none long enough to be looked at
// want: TLE
// limits: cpu=400ms wall=20s
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 1000; i++) {
		if (fork() == 0) {
			while (clock() < 0.001 * CLOCKS_PER_SEC)
				;
			_exit(0);
		}
		wait(0);
	}
	puts("ok");
	return 0;
}
