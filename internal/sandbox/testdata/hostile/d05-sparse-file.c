// try: makes files that are huge in name only: by a seek, by truncation, by allocation
// want: AC
// limits: wall=10s
// runs: 2
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void)
{
	struct stat s;
	signal(SIGXFSZ, SIG_IGN);
	int fd = open("sparse", O_CREAT | O_RDWR, 0600);
	if (pwrite(fd, "x", 1, (off_t)2 << 30) == 1)
		puts("written");
	if (ftruncate(fd, (off_t)1 << 40) == 0)
		puts("lengthened");
	if (fallocate(fd, 0, 0, (off_t)2 << 30) == 0 || fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, (off_t)2 << 30) == 0 || posix_fallocate(fd, 0, (off_t)2 << 30) == 0)
		puts("allocated");
	puts(fstat(fd, &s) == 0 && s.st_size <= 64 << 20 && s.st_blocks <= 128 << 10 ? "ok" : "it is there");
	return 0;
}
