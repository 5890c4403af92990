// want: exit 0 or signal SIGKILL
// runs: 3
// want on oci: exit 1 or signal SIGKILL
// There the starter is the container's first process, which it sees and no signal reaches.
// Whatever started it must not be where signals reach: by number, by group, by session.
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>
int main(void) {
	kill(getppid(), SIGKILL);
	kill(0, 0);
	for (int pid = 1; pid < 70000; pid++)
		if (pid != getpid())
			kill(pid, SIGKILL);
	signal(SIGTERM, SIG_IGN);
	kill(-getpgrp(), SIGTERM);
	return getppid() != 0;
}
