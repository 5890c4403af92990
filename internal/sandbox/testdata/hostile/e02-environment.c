// try: reads the judge's settings from the environment, its own and that of others; only a fixed short list may be there
// want: AC
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static int known(const char *variable)
{
	const char *names[] = {"PATH=", "HOME=", "LANG=", "TMPDIR=", "HOSTNAME=", "container="}; // the last two are container engines' own
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (!strncmp(variable, names[i], strlen(names[i])))
			return 1;
	return 0;
}

int main(void)
{
	int bad = 0, n = 0;
	for (char **v = environ; *v; v++, n++)
		if (!known(*v)) {
			printf("%s\n", *v);
			bad = 1;
		}
	// The kernel keeps what the process was started with, which may be more.
	static char text[1 << 16];
	int fd = open("/proc/self/environ", O_RDONLY);
	long size = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
	for (char *v = text; v < text + size; v += strlen(v) + 1)
		if (!known(v)) {
			printf("kernel: %s\n", v);
			bad = 1;
		}
	for (int pid = 1; pid < 1000; pid++) {
		char path[32];
		snprintf(path, sizeof path, "/proc/%d/environ", pid);
		if (pid != getpid() && (fd = open(path, O_RDONLY)) >= 0 && read(fd, text, sizeof text) > 0) {
			printf("%s: %s\n", path, text);
			bad = 1;
		}
	}
	if (!n || n > 6)
		printf("%d variables\n", n);
	else if (!bad)
		puts("ok");
}
