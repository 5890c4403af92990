// try: reaches the files of other processes through /proc/N/root, cwd, exe, fd and map_files; the supervisor sees the host's answers
// want: AC
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	const char *doors[] = {"root", "root/etc/shadow", "cwd", "exe", "fd", "fd/0", "fd/3", "map_files", "mem", "maps", "environ", "ns/mnt", "task", "fdinfo"};
	int bad = 0;
	for (int pid = 1; pid < 33000; pid++) {
		if (pid == getpid())
			continue;
		for (unsigned i = 0; i < sizeof doors / sizeof *doors; i++) {
			char path[64];
			snprintf(path, sizeof path, "/proc/%d/%s", pid, doors[i]);
			if (access(path, F_OK) && errno == ENOENT && i == 0)
				break; // no such process in sight
			int fd = open(path, O_RDONLY | O_NONBLOCK);
			if (fd < 0)
				continue;
			char text[4096];
			if (read(fd, text, sizeof text) > 0 || errno == EISDIR) {
				printf("%s can be opened\n", path);
				bad = 1;
			}
			close(fd);
		}
	}
	// Without a /proc of its own the look would prove nothing.
	if (open("/proc/self/root", O_RDONLY) < 0 && access("/proc", F_OK) == 0 && access("/proc/self", F_OK) == 0)
		printf("not even my own /proc can be opened\n");
	if (!bad)
		puts("ok");
}
