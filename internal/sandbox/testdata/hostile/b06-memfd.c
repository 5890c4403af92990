// try: files that have no place: nothing limits them but what they are charged to
// want: MLE
// limits: memory=64MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	block[0] = 1;
	for (;;) {
		int fd = memfd_create("x", 0);
		if (fd < 0) {
			puts("no such file");
			return 0;
		}
		for (int i = 0; i < 32; i++)
			write(fd, block, sizeof block);
	}
}
