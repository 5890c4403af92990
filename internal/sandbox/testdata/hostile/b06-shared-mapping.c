// try: takes shared memory, which belongs to no process in particular, and unmaps nothing
// want: MLE
// limits: memory=64MiB wall=10s
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
int main(void)
{
	for (;;) {
		char *block = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (block == MAP_FAILED) {
			puts("it ends");
			return 0;
		}
		memset(block, 1, 1 << 20);
	}
}
