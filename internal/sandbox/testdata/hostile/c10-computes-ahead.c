// try: leaves a process that computes the next test's answer, and puts it where the next test would look
// want: AC
// limits: wall=20s
// runs: 4
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
int main(void)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0ahead"};
	socklen_t size = offsetof(struct sockaddr_un, sun_path) + 6;
	int s = socket(AF_UNIX, SOCK_STREAM, 0), ready[2], found = 0;
	char c;
	DIR *d;
	found |= connect(s, (struct sockaddr *)&name, size) == 0;
	found |= access("/tmp/ahead", F_OK) == 0 || access("/dev/shm/ahead", F_OK) == 0 || access("/code/ahead", F_OK) == 0;
	found |= getenv("AHEAD") != 0;
	if ((d = opendir("/proc")))
		for (struct dirent *e; (e = readdir(d));)
			found |= atoi(e->d_name) > 1 && atoi(e->d_name) != getpid();
	if (found) {
		puts("somebody was here");
		return 0;
	}
	setenv("AHEAD", "1", 1);
	if (pipe(ready) != 0)
		return 1;
	if (fork() == 0) {
		setsid();
		s = socket(AF_UNIX, SOCK_STREAM, 0);
		if (bind(s, (struct sockaddr *)&name, size) != 0 || listen(s, 9) != 0)
			_exit(1);
		creat("/tmp/ahead", 0666);
		creat("/dev/shm/ahead", 0666);
		creat("/code/ahead", 0666);
		memfd_create("ahead", 0);
		write(ready[1], "x", 1);
		for (;;)
			;
	}
	close(ready[1]);
	puts(read(ready[0], &c, 1) == 1 ? "ok" : "it could not begin");
	return 0;
}
