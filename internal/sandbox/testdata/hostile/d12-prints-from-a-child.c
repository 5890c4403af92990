// try: lets a child print the answer, through a copy of standard output, and waits for it
// want: AC
// runs: 2
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	if (fork() == 0) {
		int copy = dup(1);
		close(1);
		usleep(20000);
		_exit(write(copy, "ok\n", 3) != 3);
	}
	close(1);
	wait(0);
	return 0;
}
