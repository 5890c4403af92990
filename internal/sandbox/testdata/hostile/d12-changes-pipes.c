// try: changes what its end of the pipe shares with the other: not to wait, to be tiny, to send signals to others
// want: AC
// limits: wall=10s
// runs: 2
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>
int main(void)
{
	int on = 1;
	for (int fd = 0; fd < 3; fd++) {
		fcntl(fd, F_SETPIPE_SZ, 4096);
		fcntl(fd, F_SETFL, O_NONBLOCK | O_ASYNC | O_DIRECT | O_APPEND);
		fcntl(fd, F_SETOWN, 1);
		fcntl(fd, F_SETSIG, 9);
		fcntl(fd, F_SETLEASE, F_WRLCK);
		ioctl(fd, FIONBIO, &on);
		ioctl(fd, FIOASYNC, &on);
	}
	puts("ok");
	return 0;
}
