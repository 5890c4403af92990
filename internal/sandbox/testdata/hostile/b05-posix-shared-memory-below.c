// try: 30 MiB in POSIX shared memory, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void)
{
	int fd = shm_open("/x", O_CREAT | O_RDWR, 0600);
	if (fd < 0 || ftruncate(fd, 30 << 20) != 0) {
		puts("not made");
		return 0;
	}
	char *block = mmap(0, 30 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(block, 1, 30 << 20);
	puts(block[12345] == 1 ? "ok" : "wrong");
	return 0;
}
