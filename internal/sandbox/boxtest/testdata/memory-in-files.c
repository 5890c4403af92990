// want: memory
// Files in the working directory are memory.
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
static char block[1 << 20];
int main(void) {
	memset(block, 1, sizeof block);
	int fd = open("big", O_CREAT | O_RDWR, 0600);
	for (int i = 0; i < 60; i++) write(fd, block, sizeof block);
	for (int i = 0; i < 30; i++) { char *p = sbrk(1 << 20); memset(p, 1, 1 << 20); }
	return 0;
}
