// try: prints the right answer and kills its own process group; a program that was killed is not right
// want: RE
#include <signal.h>
#include <stdio.h>
int main(void)
{
	puts("ok");
	fflush(stdout);
	kill(0, SIGKILL);
	return 0;
}
