// try: leaves the root by its working directory, by leaked directories, by .. and by links of /proc that lead to other roots
// want: AC
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int same(const char *path, int root)
{
	struct stat a, b;
	int fd = openat(root, path, O_PATH);
	return fd < 0 || !fstat(fd, &a) && !stat("/", &b) && a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

int main(void)
{
	int bad = 0;
	char cwd[4096] = "";
	// getcwd of the kernel says (unreachable) when the directory is not below the root.
	if (syscall(SYS_getcwd, cwd, sizeof cwd) < 0 || strcmp(cwd, "/scratch"))
		bad = printf("I am in %s\n", cwd);
	const char *up = "../../../../../../../../../../../../..";
	for (int fd = 3; fd < 4096; fd++)
		if (fcntl(fd, F_GETFD) != -1 && !same(up, fd))
			bad = printf("descriptor %d leads out\n", fd);
	if (!same(up, AT_FDCWD) || !same("/..", AT_FDCWD) || !same("/proc/self/root", AT_FDCWD) || !same("/proc/self/cwd/../..", AT_FDCWD) || !same("/proc/1/root", AT_FDCWD) || !same("/proc/1/cwd", AT_FDCWD))
		bad = puts("there is something above the root");
	for (int fd = 0; fd < 64; fd++) { // a working directory that is a leaked descriptor
		char path[64];
		sprintf(path, "/proc/self/fd/%d/%s", fd, up);
		if (!same(path, AT_FDCWD))
			bad = printf("%s leads out\n", path);
	}
	// Out of a directory that was moved away.
	mkdir("/scratch/a", 0777);
	mkdir("/scratch/a/b", 0777);
	chdir("/scratch/a/b");
	rename("/scratch/a/b", "/scratch/b");
	if (!same(up, AT_FDCWD))
		bad = puts("a moved directory leads out");
	if (!bad)
		puts("ok");
}
