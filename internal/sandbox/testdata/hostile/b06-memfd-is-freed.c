// try: leaves 40 MiB in such a file under a limit of 64 MiB; in the next test it must be gone
// want: AC
// limits: memory=64MiB wall=10s
// runs: 4
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	int fd = memfd_create("x", 0);
	for (int i = 0; i < 40; i++)
		if (write(fd, block, sizeof block) != sizeof block) {
			puts("not written");
			return 0;
		}
	puts("ok");
	return 0;
}
