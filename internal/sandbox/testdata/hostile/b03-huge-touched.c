// try: reserves 64 GiB that nobody promised, and then uses one page in every MiB
// want: MLE
// limits: memory=64MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/mman.h>
int main(void)
{
	size_t size = (size_t)64 << 30;
	char *block = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (block == MAP_FAILED) {
		puts("not even reserved");
		return 0;
	}
	for (size_t i = 0; i < size; i += 1 << 20)
		block[i] = 1;
	puts("all of it");
	return 0;
}
