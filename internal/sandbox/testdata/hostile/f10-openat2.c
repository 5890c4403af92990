// try: opens by openat2 with every way to resolve a path, out of directories, through links of /proc and across mounts
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	const char *paths[] = {"/etc/shadow", "../../../../etc/shadow", "/proc/1/root/etc/shadow", "/proc/self/root/../etc/shadow", "/proc/self/cwd/../../root", "/root", "/proc/1/cwd", "/proc/1/fd/0"};
	int dirs[] = {AT_FDCWD, open("/", O_PATH), open("/proc", O_PATH), open("/usr", O_PATH), open("/scratch", O_PATH), 0, 3};
	int bad = 0;
	for (int d = 0; d < 7; d++)
		for (int p = 0; p < 8; p++)
			for (uint64_t resolve = 0; resolve < 0x40; resolve++) {
				uint64_t how[3] = {O_RDONLY | O_NONBLOCK, 0, resolve};
				int fd = syscall(437, dirs[d], paths[p], how, sizeof how);
				char text[64];
				if (fd >= 0 && (read(fd, text, sizeof text) > 0 || errno == EISDIR) && p != 7)
					bad = printf("%s opened\n", paths[p]);
				close(fd);
			}
	uint64_t how[3] = {O_CREAT | O_WRONLY, 0600, 0};
	if (syscall(437, AT_FDCWD, "/code/new", how, sizeof how) >= 0 || syscall(437, AT_FDCWD, "/new", how, sizeof how) >= 0)
		bad = puts("a file was made");
	if (!bad)
		puts("ok");
}
