// try: seeks 2 GiB ahead and writes: the signal that tells it must be its end
// want: RE
// limits: wall=10s
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	int fd = open("sparse", O_CREAT | O_RDWR, 0600);
	puts("ok");
	fflush(stdout);
	pwrite(fd, "x", 1, (off_t)2 << 30);
	return 0;
}
