// try: looks for files that do not exist: the kernel remembers each name
// want: AC
// limits: cpu=3s memory=16MiB wall=20s
#include <stdio.h>
#include <sys/stat.h>
int main(void)
{
	char name[300];
	struct stat s;
	for (int i = 0; i < 100000; i++) {
		snprintf(name, sizeof name, "/usr/lib/%0200d", i);
		if (stat(name, &s) == 0) {
			puts("it is there");
			return 0;
		}
	}
	puts("ok");
	return 0;
}
