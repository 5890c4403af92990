// try: 30 MiB in a private mapping, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <stdio.h>
#include <sys/mman.h>
int main(void)
{
	char *block = mmap(0, 30 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	puts(block != MAP_FAILED ? "ok" : "not mapped");
	return 0;
}
