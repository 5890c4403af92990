// try: uses twice its memory for less than a millisecond and gives it back: who looks now and then sees nothing
// want: MLE
// limits: memory=16MiB wall=10s
#include <stdio.h>
#include <sys/mman.h>
int main(void)
{
	char *block = mmap(0, 32 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (block != MAP_FAILED)
		munmap(block, 32 << 20);
	puts("ok");
	return 0;
}
