// try: reads past the end of its input, before its beginning and through every way to reopen it; the next test or the answer could be behind it
// want: AC
// input: 20 22\n
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char input[] = "20 22\n";
static int bad;

static void check(const char *how, const char *text, long n)
{
	if (n > (long)sizeof input - 1 || n > 0 && memcmp(text, input, n)) {
		printf("%s: %ld bytes: %.100s\n", how, n, text);
		bad = 1;
	}
}

int main(void)
{
	static char text[1 << 20];
	struct stat s;
	check("pread", text, pread(0, text, sizeof text, 0));
	check("pread behind", text, pread(0, text, sizeof text, 6));
	memset(text, 0, sizeof text);
	lseek(0, 0, SEEK_SET);
	long n = 0, more;
	while ((more = read(0, text + n, sizeof text - n)) > 0)
		n += more;
	check("read", text, n);
	if (n != 6) {
		puts("no input");
		return 0;
	}
	lseek(0, 4096, SEEK_SET);
	check("far behind", text, read(0, text, sizeof text));
	for (int i = 0; i < 2; i++) {
		int fd = open(i ? "/dev/stdin" : "/proc/self/fd/0", O_RDONLY | O_NONBLOCK);
		if (fd >= 0)
			check("reopened", text, read(fd, text, sizeof text));
	}
	char *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE, 0, 0);
	for (int i = 6; page != MAP_FAILED && i < 4096; i++)
		if (page[i])
			check("mapped", page + i, 4096 - i);
	if (!fstat(0, &s) && S_ISREG(s.st_mode) && s.st_size != 6)
		check("size", "", s.st_size);
	if (!bad)
		puts("ok");
}
