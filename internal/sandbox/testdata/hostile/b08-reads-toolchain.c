// try: reads all the files it can see, many times its memory; the kernel's cache of them must not end it, nor stay charged
// want: AC or TLE
// limits: cpu=500ms wall=10s memory=16MiB
// runs: 2
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
static char block[1 << 16];
static long total;
static int visit(const char *path, const struct stat *s, int kind, struct FTW *unused)
{
	(void)unused;
	if (kind == FTW_F && S_ISREG(s->st_mode)) {
		int fd = open(path, O_RDONLY);
		long k;
		while (fd >= 0 && (k = read(fd, block, sizeof block)) > 0)
			total += k;
		close(fd);
	}
	return total > 200L << 20;
}
int main(void)
{
	nftw("/usr", visit, 32, FTW_PHYS);
	puts(total > 0 ? "ok" : "nothing to read");
	return 0;
}
