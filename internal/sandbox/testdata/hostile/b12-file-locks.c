// try: locks every second byte of many files: each lock is an object of the kernel, unless it is refused
// want: AC or MLE or TLE
// limits: cpu=2s memory=16MiB wall=20s
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char name[32];
	long locks = 0;
	for (int file = 0; file < 900; file++) {
		snprintf(name, sizeof name, "f%d", file);
		int fd = open(name, O_CREAT | O_RDWR, 0600);
		for (long i = 1000; i > 0; i--) {
			struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2 * i, .l_len = 1};
			locks += fcntl(fd, F_SETLK, &l) == 0;
		}
	}
	if (locks == 0 && errno == ENOLCK)
		puts("ok");
	else
		printf("%ld locks\n", locks);
	return 0;
}
