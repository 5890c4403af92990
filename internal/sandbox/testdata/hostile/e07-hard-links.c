// try: makes hard links to programs with set-user-id, to the toolchain, to its code and to its input, so that a later chown or write hits them
// want: AC
// input: x\n
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *files[] = {"/usr/bin/su", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/gcc", "/usr/bin/env", "/etc/passwd", "/etc/hosts", "/code/main.c", "/code/program", "/proc/self/exe", "/proc/self/fd/0", "/dev/null", "/dev/zero", "/bin/sh"};
	int bad = 0;
	char name[32];
	for (unsigned i = 0; i < sizeof files / sizeof *files; i++)
		for (int follow = 0; follow < 2; follow++) {
			struct stat s;
			sprintf(name, "/scratch/l%u-%d", i, follow);
			// A link to a link of our own /proc is no link to the file.
			if (linkat(AT_FDCWD, files[i], AT_FDCWD, name, follow ? AT_SYMLINK_FOLLOW : 0) == 0 && lstat(name, &s) == 0 && S_ISREG(s.st_mode))
				bad = printf("link to %s\n", files[i]);
		}
	for (int fd = 0; fd < 3; fd++) {
		sprintf(name, "/scratch/d%d", fd);
		if (linkat(fd, "", AT_FDCWD, name, AT_EMPTY_PATH) == 0)
			bad = printf("link to descriptor %d\n", fd);
	}
	int fd = open("/scratch/own", O_CREAT | O_WRONLY, 0600);
	if (fd < 0 || link("/scratch/own", "/scratch/own2"))
		bad = puts("not even to a file of my own");
	if (!bad)
		puts("ok");
}
