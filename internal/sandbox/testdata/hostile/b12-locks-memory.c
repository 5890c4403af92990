// try: locks pages in memory, takes huge pages of the machine's pool, and a pseudo-terminal
// want: AC
// limits: memory=64MiB
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
int main(void)
{
	char *block = malloc(16 << 20);
	if (mlock(block, 16 << 20) == 0)
		puts("locked");
	if (mlockall(MCL_CURRENT | MCL_FUTURE) == 0 && malloc(8 << 20) && mlock(block, 8 << 20) == 0)
		puts("locked all");
	if (mmap(0, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) != MAP_FAILED)
		puts("a huge page");
	if (open("/dev/ptmx", O_RDWR) >= 0 || open("/dev/pts/ptmx", O_RDWR) >= 0)
		puts("a terminal");
	puts("ok");
	return 0;
}
