// try: fills the file systems in memory; their size is limited, and what is in them is the run's memory
// want: AC
// limits: memory=256MiB wall=10s
// runs: 3
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
static char block[1 << 16];
static long fill(const char *name)
{
	long n = 0, k;
	int fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0600);
	if (fd < 0)
		return 0;
	while (n < (60L << 20) && (k = write(fd, block, sizeof block)) > 0)
		n += k;
	close(fd);
	return n;
}
int main(void)
{
	// The first fits, and then nothing more than to the limit of 64 MiB.
	long first = fill("/scratch/a");
	long rest = fill("/tmp/b") + fill("/dev/shm/c") + fill("/scratch/d") + fill("/tmp/e");
	if (first == 60L << 20 && rest <= 4L << 20)
		puts("ok");
	else
		printf("%ld and %ld bytes\n", first, rest);
	return 0;
}
