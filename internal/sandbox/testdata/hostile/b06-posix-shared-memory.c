// try: POSIX shared memory, until it is full
// want: MLE
// limits: memory=32MiB wall=10s
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	int fd = shm_open("/x", O_CREAT | O_RDWR, 0600);
	if (fd < 0 || ftruncate(fd, 60 << 20) != 0) {
		puts("no such thing");
		return 0;
	}
	char *block = mmap(0, 60 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(block, 1, 60 << 20);
	puts("60 MiB");
	return 0;
}
