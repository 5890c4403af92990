// try: lifts its own limit of processor time and catches the signal, in a new process too
// want: TLE
// limits: cpu=300ms wall=10s
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
int main(void)
{
	struct rlimit l;
	signal(SIGXCPU, SIG_IGN);
	getrlimit(RLIMIT_CPU, &l);
	l.rlim_cur = l.rlim_max;
	setrlimit(RLIMIT_CPU, &l);
	if (fork() > 0)
		for (;;)
			pause();
	for (volatile int i = 0;; i++)
		;
}
