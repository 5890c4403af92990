// try: floods standard output without any memory of its own: the kernel copies a file, over and over
// want: OLE or RE
// limits: wall=10s
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>
int main(void)
{
	int fd = open("zeros", O_CREAT | O_RDWR, 0600);
	if (ftruncate(fd, 1 << 20) != 0)
		return 1;
	for (;;) {
		off_t from = 0;
		if (sendfile(1, fd, &from, 1 << 20) < 0)
			return 2;
	}
}
