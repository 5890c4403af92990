// try: overwrites the program that keeps it through /proc/N/exe, and executes it again as its own
// want: AC
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	for (int pid = 0; pid < 300; pid++) {
		char path[64], target[256] = "";
		if (pid)
			sprintf(path, "/proc/%d/exe", pid);
		else
			strcpy(path, "/proc/self/exe");
		if (pid == getpid())
			continue;
		int flags[] = {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDONLY | O_TRUNC};
		for (int i = 0; i < 4; i++)
			if (open(path, flags[i]) >= 0)
				bad = printf("%s can be written\n", path);
		// By a path descriptor, again and again, in the moment when nobody executes it.
		int fd = open(path, O_PATH);
		char again[64];
		sprintf(again, "/proc/self/fd/%d", fd);
		for (int i = 0; fd >= 0 && i < 200; i++)
			if (open(again, O_WRONLY) >= 0)
				bad = printf("%s can be written by a path descriptor\n", path);
		if (pid && readlink(path, target, sizeof target - 1) > 0)
			bad = printf("%s is %s\n", path, target);
	}
	// A script whose interpreter is the process's own executable.
	FILE *f = fopen("/scratch/s", "w");
	fputs("#!/proc/self/exe\n", f);
	fclose(f);
	struct stat before, after;
	if (stat("/proc/self/exe", &before) || stat("/proc/self/exe", &after) || before.st_mtime != after.st_mtime || before.st_size != after.st_size)
		bad = puts("the executable changes");
	if (!bad)
		puts("ok");
}
