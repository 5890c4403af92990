// try: opens every program and library of the toolchain for writing, by name, by mapping and by advice to the cache
// want: AC
// limits: cpu=3s wall=8s
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
	const char *dirs[] = {"/bin", "/lib", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/libexec", "/usr/local/bin", "/usr/share", "/opt", "/cache", "/etc", "/etc/alternatives"};
	int bad = 0, files = 0;
	for (unsigned i = 0; i < sizeof dirs / sizeof *dirs; i++) {
		DIR *d = opendir(dirs[i]);
		for (struct dirent *e; d && (e = readdir(d));) {
			char path[600];
			snprintf(path, sizeof path, "%s/%s", dirs[i], e->d_name);
			files++;
			if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") && (open(path, O_WRONLY | O_NONBLOCK) >= 0 || open(path, O_RDWR | O_NONBLOCK) >= 0))
				bad = printf("%s can be written\n", path);
			if (files % 50)
				continue;
			int fd = open(path, O_RDONLY | O_NONBLOCK);
			void *map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
			if (map != MAP_FAILED && (mprotect(map, 4096, PROT_READ | PROT_WRITE) == 0 || madvise(map, 4096, 9 /* MADV_REMOVE */) == 0 || madvise(map, 4096, 100 /* MADV_HWPOISON */) == 0))
				bad = printf("%s can be changed\n", path);
			close(fd);
		}
		char path[64];
		snprintf(path, sizeof path, "%s/new", dirs[i]);
		if (open(path, O_CREAT | O_WRONLY, 0600) >= 0)
			bad = printf("%s can be made\n", path);
		if (d)
			closedir(d);
	}
	if (!files)
		puts("there is no toolchain");
	else if (!bad)
		puts("ok");
}
