// try: crashes with much memory and wants it all written to a file, or given to the host's program for that
// want: RE
// limits: wall=10s
// runs: 2
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
int main(void)
{
	struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY}, most;
	char *volatile block = malloc(200 << 20);
	memset(block, 1, 200 << 20);
	prctl(PR_SET_DUMPABLE, 1);
	if (setrlimit(RLIMIT_CORE, &all) == 0)
		puts("it may");
	getrlimit(RLIMIT_CORE, &most);
	most.rlim_cur = most.rlim_max;
	setrlimit(RLIMIT_CORE, &most);
	puts("ok");
	fflush(stdout);
	abort();
}
