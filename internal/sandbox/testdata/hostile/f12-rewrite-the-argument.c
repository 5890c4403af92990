// try: rewrites a path in memory while the kernel looks at it, again and again, so that a check sees a harmless path and the call a forbidden one
// want: AC
// limits: cpu=3s wall=20s
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *forbidden[] = {"/etc/shadow\0", "/root/x\0", "/code/new\0", "/usr/bin/new\0"};
static char path[64] = "/scratch/a";
static volatile int done;

static void *rewrite(void *p)
{
	for (unsigned i = 0; !done; i++) {
		memcpy(path, "/scratch/a\0\0\0", 14);
		memcpy(path, forbidden[i % 4], 12);
	}
	return NULL;
}

int main(void)
{
	int bad = 0, opened = 0;
	pthread_t t;
	close(open(path, O_CREAT | O_RDWR, 0600));
	struct stat own, s;
	stat(path, &own);
	if (pthread_create(&t, NULL, rewrite, NULL))
		return 3;
	while (clock() < CLOCKS_PER_SEC / 3) {
		int fd = open(path, O_CREAT | O_RDWR, 0600);
		if (fd < 0)
			continue;
		// What can be opened is in our own directory, whatever the path was in that moment.
		opened += !fstat(fd, &s) && s.st_dev == own.st_dev;
		if (s.st_dev != own.st_dev)
			bad = 1;
		close(fd);
	}
	done = 1;
	pthread_join(t, NULL);
	if (access("/code/new", F_OK) == 0 || access("/usr/bin/new", F_OK) == 0)
		bad = 1;
	puts(bad ? "something else was opened" : opened ? "ok" : "nothing could be opened");
}
