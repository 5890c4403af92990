// try: ten thousand files of one page each, in all places that can be written
// want: AC
// limits: memory=256MiB wall=10s
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	char name[64];
	int made = 0;
	const char *places[] = {"/scratch", "/tmp", "/dev/shm", "/code", "/var/tmp", "/run", "/dev", "/"};
	for (int p = 0; p < 8; p++)
		for (int i = 0; i < 10000; i++) {
			snprintf(name, sizeof name, "%s/%d-%d", places[p], p, i);
			int fd = open(name, O_CREAT | O_WRONLY, 0600);
			if (fd < 0)
				break;
			made += write(fd, name, sizeof name) > 0;
			close(fd);
		}
	if (made > 0 && made <= 1000)
		puts("ok");
	else
		printf("%d files\n", made);
	return 0;
}
