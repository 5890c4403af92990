// try: hides its processor time in children: some are reaped, some are not, some still run
// want: TLE
// limits: cpu=400ms wall=20s
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static void burn(double seconds)
{
	while (clock() < seconds * CLOCKS_PER_SEC)
		;
	_exit(0);
}
int main(void)
{
	for (int i = 0; i < 3; i++)
		if (fork() == 0)
			burn(0.1);
	wait(0);
	if (fork() == 0)
		burn(1000);
	sleep(5);
	puts("ok");
	return 0;
}
