// try: writes to the caches that compilers and interpreters share, so that the next submission is built of its parts
// want: AC
// runs: 2
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *shared[] = {"/cache", "/cache/go", "/usr/lib/python3", "/usr/lib/python3/dist-packages", "/usr/lib/python3.11", "/usr/lib/python3.11/__pycache__", "/usr/local/lib/python3.11/dist-packages", "/usr/lib/gcc/x86_64-linux-gnu/12/include", "/usr/include", "/usr/local/include", "/usr/lib/jvm", "/usr/lib/node_modules", "/usr/local/lib/node_modules", "/usr/local/go/pkg", "/usr/lib/rustlib", "/var/cache", "/var/cache/ccache", "/code", "/code/__pycache__"};
	int bad = 0;
	for (unsigned i = 0; i < sizeof shared / sizeof *shared; i++) {
		char path[128];
		sprintf(path, "%s/evil", shared[i]);
		if (open(path, O_CREAT | O_WRONLY, 0600) >= 0 || mkdir(path, 0777) == 0)
			bad = printf("%s can be written\n", shared[i]);
	}
	// Those in a home of its own are gone with the run.
	const char *own[] = {".cache", ".cache/go-build", ".ccache", ".npm", ".cargo", ".rustup", ".local", ".local/lib", ".gradle", ".m2", ".node_modules", ".java"};
	char *home = getenv("HOME");
	if (!home || chdir(home))
		return 3;
	for (unsigned i = 0; i < sizeof own / sizeof *own; i++)
		if (mkdir(own[i], 0777) && errno == EEXIST)
			bad = printf("%s is there\n", own[i]);
	if (!bad)
		puts("ok");
}
