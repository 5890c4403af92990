// try: children crash one after the other; each crash could start a program on the host or write to its log
// want: AC
// limits: cpu=2s wall=20s
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGQUIT, SIGTRAP};
	int died = 0, status;
	for (int i = 0; i < 200; i++) {
		if (fork() == 0) {
			signal(signals[i % 8], SIG_DFL);
			raise(signals[i % 8]);
			_exit(0);
		}
		if (wait(&status) > 0 && WIFSIGNALED(status))
			died++;
	}
	if (died == 200)
		puts("ok");
	else
		printf("%d died\n", died);
	return 0;
}
