// try: keeps a reader of its own output in a child, so that what it prints gets lost and the pipe never breaks
// want: AC or WA
// limits: wall=10s
// runs: 2
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char block[64];
	if (fork() == 0) {
		int fd = open("/proc/self/fd/1", O_RDONLY);
		while (read(fd, block, sizeof block) > 0)
			;
		pause();
	}
	usleep(20000);
	puts("ok");
	return 0;
}
