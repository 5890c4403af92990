// try: writes one file until it is stopped
// want: RE
// limits: memory=256MiB wall=10s
#include <fcntl.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	int fd = open("big", O_CREAT | O_WRONLY, 0600);
	for (;;)
		if (write(fd, block, sizeof block) <= 0)
			return 1;
}
