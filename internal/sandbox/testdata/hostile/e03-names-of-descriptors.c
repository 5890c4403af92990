// try: reads the host's paths from its own open files: input and output are named in /proc/self/fd and fdinfo
// want: AC
// input: x\n
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	int bad = 0;
	for (int fd = 0; fd < 3; fd++) {
		char path[32], target[512] = "";
		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		if (readlink(path, target, sizeof target - 1) < 0)
			continue;
		if (target[0] == '/' && strncmp(target, "/dev/null", 9) && strncmp(target, "/memfd:", 7) && strcmp(target, "/")) {
			printf("%d is %s\n", fd, target);
			bad = 1;
		}
	}
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[1024];
	while (maps && fgets(line, sizeof line, maps)) {
		char *path = strchr(line, '/');
		if (path && strncmp(path, "/code/", 6) && strncmp(path, "/usr/", 5) && strncmp(path, "/lib", 4) && strncmp(path, "/memfd:", 7) && strncmp(path, "/dev/zero", 9)) {
			printf("mapped: %s", path);
			bad = 1;
		}
	}
	if (!bad)
		puts("ok");
}
