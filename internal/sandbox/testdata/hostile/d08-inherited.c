// try: looks for descriptors that the executor left open, however high, and through the links to them
// want: AC
// runs: 2
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void)
{
	char byte;
	for (int fd = 0; fd < 1 << 20; fd++)
		if ((fcntl(fd, F_GETFD) >= 0) != (fd < 3))
			printf("descriptor %d\n", fd);
	if (write(0, "x", 1) > 0 || read(1, &byte, 1) >= 0 || read(2, &byte, 1) >= 0)
		puts("the other direction");
	DIR *d = opendir("/proc/self/fd");
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.' && atoi(e->d_name) > 2 && atoi(e->d_name) != dirfd(d))
			printf("descriptor %s\n", e->d_name);
	puts("ok");
	return 0;
}
