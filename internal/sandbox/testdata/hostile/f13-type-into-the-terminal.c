// try: puts characters into the input of the terminal that the judge was started from, and becomes the owner of one
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	const char *names[] = {"/dev/tty", "/dev/console", "/dev/tty0", "/dev/pts/0", "/dev/pts/1", "/dev/ttyS0", "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2"};
	int fds[12] = {0, 1, 2}, n = 3;
	for (int i = 0; i < 9; i++) {
		int fd = open(names[i], (i < 6 ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_NOCTTY);
		if (fd >= 0 && i < 6 && isatty(fd) && i != 1)
			bad = printf("%s can be opened\n", names[i]);
		fds[n++] = fd;
	}
	int session = fork();
	for (int i = 0; i < n; i++) {
		char c = 'x', code[2] = {3, 0};
		pid_t group;
		if (session == 0)
			setsid();
		if (ioctl(fds[i], TIOCSTI, &c) == 0)
			bad = puts("typed");
		if (ioctl(fds[i], TIOCLINUX, code) == 0)
			bad = puts("pasted");
		if (ioctl(fds[i], TIOCSCTTY, 1) == 0 || ioctl(fds[i], TIOCGPGRP, &group) == 0 || tcsetpgrp(fds[i], getpid()) == 0)
			bad = puts("a terminal of mine");
		// Bits above the 32 that the kernel looks at hide the number from a filter that looks at 64.
		if (ioctl(fds[i], TIOCSTI | 0x100000000UL, &c) == 0)
			bad = puts("typed by a longer number");
	}
	if (session == 0)
		_exit(bad != 0);
	int status;
	waitpid(session, &status, 0);
	if (isatty(0) || isatty(1) || isatty(2))
		bad = puts("I have a terminal");
	if (!bad && status == 0)
		puts("ok");
}
