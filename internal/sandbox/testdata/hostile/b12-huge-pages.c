// try: asks for huge pages and uses one byte of each: what is taken is charged, however little is used
// want: MLE or AC
// limits: memory=32MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
int main(void)
{
	size_t size = 256 << 20;
	char *block = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED) {
		puts("not mapped");
		return 0;
	}
	madvise(block, size, MADV_HUGEPAGE);
	for (size_t i = 0; i < size; i += 2 << 20)
		block[i] = 1;
	puts("ok");
	return 0;
}
