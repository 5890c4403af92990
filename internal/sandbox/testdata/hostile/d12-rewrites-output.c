// try: goes back in its output to change what it printed, cuts it, and opens it anew from the beginning
// want: WA
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	write(1, "wrong\n", 6);
	lseek(1, 0, SEEK_SET);
	ftruncate(1, 0);
	unlink("/dev/stdout");
	int fd = open("/proc/self/fd/1", O_WRONLY | O_TRUNC);
	write(fd >= 0 ? fd : 1, "ok\n", 3);
	return 0;
}
