// try: reads and changes the pipes that the judge reads: steals from them, makes them small, blocks and unblocks them, signals their owner
// want: AC
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

int main(void)
{
	char text[64];
	for (int fd = 1; fd < 3; fd++) {
		char path[32];
		sprintf(path, "/proc/self/fd/%d", fd);
		int again = open(path, O_RDONLY | O_NONBLOCK); // its own end, at most
		if (again >= 0)
			read(again, text, sizeof text);
		fcntl(fd, F_SETPIPE_SZ, 4096);
		fcntl(fd, F_SETFL, O_NONBLOCK | O_ASYNC | O_DIRECT);
		fcntl(fd, F_SETOWN, 1);
		fcntl(fd, F_SETSIG, SIGKILL);
		ioctl(fd, FIOASYNC, &fd);
		vmsplice(fd, 0, 0, 0);
	}
	fcntl(1, F_SETFL, 0);
	puts("ok");
}
