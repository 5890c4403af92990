// try: makes files until it cannot; a thousand must work, and not one more
// want: AC
// limits: wall=10s
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char name[16];
	int n = 0, fd;
	for (;; n++) {
		snprintf(name, sizeof name, "%d", n);
		if ((fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0600)) < 0)
			break;
		close(fd);
	}
	if (n == 1000 && errno == ENOSPC)
		puts("ok");
	else
		printf("%d files, error %d\n", n, errno);
	return 0;
}
