// try: an orphan computes on into the next test, which would be charged for it, or be slowed by it
// want: AC
// limits: cpu=300ms wall=10s
// runs: 4
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	// Nobody but this process is there to be signalled.
	int alone = kill(-1, 0) != 0 && errno == ESRCH;
	int ready[2];
	char c;
	if (pipe(ready) != 0)
		return 1;
	if (fork() == 0) {
		if (fork() > 0)
			_exit(0);
		setsid();
		write(ready[1], "x", 1);
		for (;;)
			;
	}
	read(ready[0], &c, 1);
	puts(alone ? "ok" : "somebody is there");
	return 0;
}
