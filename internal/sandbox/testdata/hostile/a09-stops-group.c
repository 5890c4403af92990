// try: stops its whole process group, with children in it
// want: TLE
// limits: wall=500ms
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 5; i++)
		fork();
	puts("ok");
	fflush(stdout);
	for (;;)
		kill(0, SIGSTOP);
}
