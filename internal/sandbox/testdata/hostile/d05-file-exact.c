// try: writes one file of exactly the size that is allowed, which must work, and then one byte more, which must not
// want: AC
// limits: memory=256MiB wall=10s
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	int fd = open("big", O_CREAT | O_WRONLY, 0600), n = 0;
	signal(SIGXFSZ, SIG_IGN);
	for (int i = 0; i < 64; i++)
		n += write(fd, block, sizeof block) == sizeof block;
	long more = write(fd, block, 1);
	if (n == 64 && more < 0 && (errno == EFBIG || errno == ENOSPC))
		puts("ok");
	else
		printf("%d MiB and %ld bytes\n", n, more);
	return 0;
}
