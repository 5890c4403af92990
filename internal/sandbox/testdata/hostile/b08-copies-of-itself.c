// try: uses the pages of read-only files as memory: maps its own program privately and writes to every page
// want: MLE
// limits: memory=16MiB wall=10s
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
int main(void)
{
	struct stat s;
	int fd = open("/proc/self/exe", O_RDONLY);
	if (fd < 0 || fstat(fd, &s) != 0) {
		puts("not opened");
		return 0;
	}
	for (;;) {
		char *copy = mmap(0, s.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
		if (copy == MAP_FAILED) {
			puts("it ends");
			return 0;
		}
		for (long i = 0; i < s.st_size; i += 4096)
			copy[i]++;
	}
}
