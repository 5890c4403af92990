// try: 30 MiB in a shared mapping, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
int main(void)
{
	char *block = mmap(0, 30 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED) {
		puts("not mapped");
		return 0;
	}
	memset(block, 1, 30 << 20);
	puts(block[12345] == 1 ? "ok" : "wrong");
	return 0;
}
