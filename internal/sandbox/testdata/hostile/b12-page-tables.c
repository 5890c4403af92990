// try: reads one byte in every 2 MiB of 256 GiB: the pages are all the same zeros, but the tables that lead to them are not
// want: MLE
// limits: memory=32MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
int main(void)
{
	size_t size = (size_t)256 << 30;
	volatile char *block = mmap(0, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (block == MAP_FAILED) {
		puts("not mapped");
		return 0;
	}
	madvise((char *)block, size, MADV_NOHUGEPAGE);
	int sum = 0;
	for (size_t i = 0; i < size; i += 2 << 20)
		sum += block[i];
	printf("%d: all of it\n", sum);
	return 0;
}
