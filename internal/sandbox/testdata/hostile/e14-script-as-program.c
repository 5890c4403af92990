// try: makes an executable of a few bytes in /scratch by itself and runs that: it may, but only under its own limits
// want: TLE
// limits: cpu=300ms wall=2s
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	FILE *f = fopen("/scratch/loop", "w");
	if (!f)
		return 3;
	fputs("#!/bin/sh\nwhile :; do :; done\n", f);
	fclose(f);
	chmod("/scratch/loop", 0755);
	execl("/scratch/loop", "loop", NULL);
	for (;;) // files here cannot be executed: the same, then
		;
}
