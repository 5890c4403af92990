// try: a daemon keeps standard output and error open; whoever reads them to their end reads for ever
// want: AC
// limits: wall=10s
// runs: 2
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	int ready[2];
	char c;
	if (pipe(ready) != 0 || fork() == 0) {
		signal(SIGPIPE, SIG_IGN);
		setsid();
		if (fork() > 0)
			_exit(0);
		write(ready[1], "x", 1);
		sleep(1);
		for (;;)
			write(2, "still here\n", 11);
	}
	puts(read(ready[0], &c, 1) == 1 ? "ok" : "there is no daemon");
	return 0;
}
