// try: ignores what can be ignored and blocks the rest, then computes for ever
// want: TLE
// limits: cpu=300ms wall=10s
#include <signal.h>
int main(void)
{
	sigset_t all;
	for (int s = 1; s < 65; s++)
		signal(s, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, 0);
	for (volatile int i = 0;; i++)
		;
}
