// try: one mapping that grows and grows
// want: MLE
// limits: memory=64MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
int main(void)
{
	size_t size = 1 << 20;
	char *block = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	while (block != MAP_FAILED) {
		memset(block, 1, size);
		block = mremap(block, size, 2 * size, MREMAP_MAYMOVE);
		size *= 2;
	}
	puts("it ends");
	return 0;
}
