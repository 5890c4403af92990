// try: fills files that have no name any more, or never had one, and keeps them open
// want: AC
// limits: memory=256MiB wall=10s
// runs: 3
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	long total = 0, k;
	signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; i < 10; i++) {
		int fd = i & 1 ? open("/scratch", O_TMPFILE | O_RDWR, 0600) : open("x", O_CREAT | O_RDWR, 0600);
		unlink("x");
		for (long n = 0; fd >= 0 && n < 40 << 20 && (k = write(fd, block, sizeof block)) > 0; n += k)
			total += k;
	}
	if (total > 0 && total <= 64 << 20)
		puts("ok");
	else
		printf("%ld bytes\n", total);
	return 0;
}
