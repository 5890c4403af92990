// try: looks for descriptors besides 0, 1 and 2, and for more rights on those three than reading, writing, writing; a leaked one leads to the host
// want: AC
// input: hello\n
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int bad;

static void leak(const char *what, int fd)
{
	printf("%s %d\n", what, fd);
	bad = 1;
}

int main(void)
{
	struct stat s;
	for (int fd = 3; fd < 1 << 16; fd++)
		if (fcntl(fd, F_GETFD) != -1)
			leak("open", fd);
	for (int fd = 0; fd < 3; fd++) {
		if (fstat(fd, &s))
			leak("closed", fd);
		if (S_ISDIR(s.st_mode) || S_ISSOCK(s.st_mode) || S_ISBLK(s.st_mode))
			leak("odd", fd);
		char path[64];
		snprintf(path, sizeof path, "/proc/self/fd/%d/..", fd);
		if (open(path, O_RDONLY) >= 0)
			leak("a directory", fd);
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		if (fd == 0 && (open(path, O_RDWR) >= 0 || open(path, O_WRONLY) >= 0 || open(path, O_WRONLY | O_TRUNC) >= 0))
			leak("writable", fd);
	}
	if ((fcntl(0, F_GETFL) & O_ACCMODE) != O_RDONLY || write(0, "x", 1) > 0)
		leak("writable", 0);
	char text[16] = "";
	if (read(0, text, sizeof text) != 6 || strcmp(text, "hello\n"))
		leak("no input on", 0);
	if (!bad)
		puts("ok");
}
