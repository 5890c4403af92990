// try: reads what the kernel and the judge left above the stack, beside the environment: arguments and names of another program would be there
// want: AC
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

extern char **environ;

int main(int argc, char **argv)
{
	// From the first argument to the name of the executable at the very top.
	char *p = argv[0], *top = (char *)getauxval(AT_EXECFN);
	int bad = argc != 1 || !top;
	for (; p && p < top; p += strlen(p) + 1)
		if (*p && !strstr(p, "=") && strcmp(p, argv[0])) {
			printf("stack: %s\n", p);
			bad = 1;
		}
	if (top && strncmp(top, "/code/", 6) && strncmp(top, "/proc/self/fd/", 14) && strncmp(top, "/dev/fd/", 8)) {
		printf("executed as %s\n", top);
		bad = 1;
	}
	if (getauxval(AT_SECURE) != 0 || getauxval(AT_UID) == 0)
		bad = printf("secure %lu uid %lu\n", getauxval(AT_SECURE), getauxval(AT_UID));
	if (!bad)
		puts("ok");
}
