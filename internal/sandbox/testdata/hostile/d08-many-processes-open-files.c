// try: opens as many files as it may in as many processes as it may: the machine's table of open files
// want: AC or MLE
// limits: cpu=3s wall=20s memory=64MiB
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	for (int i = 0; i < 60; i++)
		if (fork() == 0) {
			while (open("/dev/null", O_RDONLY) >= 0)
				;
			usleep(200000);
			_exit(0);
		}
	while (wait(0) > 0)
		;
	puts("ok");
	return 0;
}
