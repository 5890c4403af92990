// try: opens files until it cannot; 1024 must work, and not one more
// want: AC
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
int main(void)
{
	int fd = 2, last = 2;
	while ((fd = open("/dev/null", O_RDONLY)) >= 0)
		last = fd;
	if (last == 1023 && errno == EMFILE)
		puts("ok");
	else
		printf("to %d, error %d\n", last, errno);
	return 0;
}
