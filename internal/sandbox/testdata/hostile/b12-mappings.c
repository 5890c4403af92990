// try: as many mappings as there can be, each an object of the kernel, in many processes
// want: MLE
// limits: cpu=3s memory=32MiB wall=20s
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
	for (int child = 0; child < 16; child++)
		if (fork() == 0) {
			for (long i = 0; i < 60000; i++)
				mmap(0, 4096, i & 1 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
			pause();
		}
	while (wait(0) > 0)
		;
	puts("a million mappings");
	return 0;
}
