// try: opens its input for writing, cuts it, changes its rights and its name: the next test reads the same file
// want: AC
// runs: 3
// input: untouched
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	char path[4096], text[32] = "";
	if (scanf("%31s", text) != 1 || strcmp(text, "untouched") != 0) {
		printf("the input is %s\n", text);
		return 0;
	}
	int modes[] = {O_RDWR, O_WRONLY, O_WRONLY | O_TRUNC, O_WRONLY | O_APPEND};
	for (int i = 0; i < 4; i++) {
		int fd = open(i & 1 ? "/dev/stdin" : "/proc/self/fd/0", modes[i]);
		if (fd >= 0 && pwrite(fd, "changed", 7, 0) > 0)
			puts("written");
	}
	if (ftruncate(0, 0) == 0 || truncate("/proc/self/fd/0", 0) == 0 || fallocate(0, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4) == 0)
		puts("cut");
	if (fchmod(0, 0) == 0 || fchown(0, 0, 0) == 0 || futimens(0, 0) == 0)
		puts("changed");
	if (mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0) != MAP_FAILED)
		puts("mapped");
	ssize_t n = readlink("/proc/self/fd/0", path, sizeof path - 1);
	if (n > 0) {
		path[n] = 0;
		if (unlink(path) == 0 || rename(path, "/scratch/x") == 0)
			puts("removed");
	}
	if (linkat(AT_FDCWD, "/proc/self/fd/0", AT_FDCWD, "/scratch/y", AT_SYMLINK_FOLLOW) == 0)
		puts("linked");
	lseek(0, 0, SEEK_END);
	puts("ok");
	return 0;
}
