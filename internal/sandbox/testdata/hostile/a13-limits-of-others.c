// try: changes the limits of the box's first process and of whoever started it
// want: AC
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
int main(void)
{
	struct rlimit none = {0, 0}, old;
	for (int p = 1; p < 70000; p++)
		if (p != getpid() && prlimit(p, RLIMIT_NOFILE, &none, &old) == 0)
			printf("limits of %d\n", p);
	puts("ok");
	return 0;
}
