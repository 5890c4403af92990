// try: takes every resource away from the box's first process, and from whoever else there is
// want: AC
// limits: wall=20s
// runs: 2
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
int main(void)
{
	struct rlimit none = {0, 0}, old;
	for (int p = 1; p < 5000; p++)
		for (int limit = 0; p != getpid() && limit < RLIM_NLIMITS; limit++)
			if (prlimit(p, limit, &none, &old) == 0 && p != 1) { // 1 is the box's own, and must not fail of it
				printf("limits of %d\n", p);
				return 0;
			}
	puts("ok");
	return 0;
}
