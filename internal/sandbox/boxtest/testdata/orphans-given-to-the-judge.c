// want: exit 0
// runs: 3
// Its children belong to whoever started it, who must neither keep the dead nor wait for
// the living.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
	for (int i = 0; i < 6; i++)
		if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) {
			if (i % 2)
				pause();
			_exit(i);
		}
	return 0;
}
