// try: pushes its pages out to swap as it goes, so that the memory in use stays small
// want: MLE
// limits: memory=64MiB wall=10s
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
int main(void)
{
	for (int i = 0; i < 200; i++) {
		char *block = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (block == MAP_FAILED)
			break;
		memset(block, i, 1 << 20);
		madvise(block, 1 << 20, MADV_PAGEOUT);
	}
	puts("200 MiB");
	return 0;
}
