// try: 30 MiB in a file without a name, over a limit of 27 MiB
// want: MLE
// limits: memory=27MiB wall=10s
// runs: 2
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	int fd = memfd_create("x", 0);
	for (int i = 0; i < 480; i++)
		if (write(fd, block, sizeof block) != sizeof block) {
			puts("not written");
			return 0;
		}
	puts("ok");
	return 0;
}
