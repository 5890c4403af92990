// try: prints the right answer and stops; a stopped process never ends and uses no processor time
// want: TLE
// limits: wall=500ms
#include <signal.h>
#include <stdio.h>
int main(void)
{
	puts("ok");
	fflush(stdout);
	raise(SIGSTOP);
	return 0;
}
