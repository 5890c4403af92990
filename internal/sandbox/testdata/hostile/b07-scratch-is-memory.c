// try: keeps its data in files instead of memory, 20 MiB each, under a limit of 32 MiB
// want: MLE
// limits: memory=32MiB wall=10s
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	char *volatile block = malloc(20 << 20);
	memset(block, 1, 20 << 20);
	int fd = open("file", O_CREAT | O_WRONLY, 0600);
	return write(fd, block, 20 << 20) != 20 << 20;
}
