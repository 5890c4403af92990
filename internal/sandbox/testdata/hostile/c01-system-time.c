// try: uses the kernel's time instead of its own
// want: TLE
// limits: cpu=300ms wall=20s
#include <fcntl.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 20];
	int fd = open("/dev/zero", O_RDONLY);
	for (;;)
		if (read(fd, block, sizeof block) <= 0)
			return 1;
}
