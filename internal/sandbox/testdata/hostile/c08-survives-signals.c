// try: catches the signals of every timer and limit there is, and sets the limits anew in their handlers
// want: TLE
// limits: cpu=300ms wall=20s
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
static void again(int s)
{
	struct itimerval t = {{0, 1000}, {0, 1000}};
	struct rlimit l = {1, RLIM_INFINITY};
	(void)s;
	setitimer(ITIMER_VIRTUAL, &t, 0);
	setitimer(ITIMER_PROF, &t, 0);
	setitimer(ITIMER_REAL, &t, 0);
	setrlimit(RLIMIT_CPU, &l);
}
int main(void)
{
	int caught[] = {SIGXCPU, SIGVTALRM, SIGPROF, SIGALRM, SIGTERM, SIGXFSZ};
	for (int i = 0; i < 6; i++)
		signal(caught[i], again);
	again(0);
	for (volatile int i = 0;; i++)
		;
}
