// try: reads its control group's path, which names the judge's own groups and how many boxes there were, and its settings
// want: AC
#include <stdio.h>
#include <string.h>

int main(void)
{
	char line[4096];
	int bad = 0;
	FILE *f = fopen("/proc/self/cgroup", "r");
	while (f && fgets(line, sizeof line, f)) {
		char *path = strrchr(line, ':');
		if (path && strcmp(path, ":/\n")) {
			fputs(line, stdout);
			bad = 1;
		}
	}
	if (!bad)
		puts("ok");
}
