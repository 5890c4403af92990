// Copies so many bytes of its input to its output. The input has no name: exit 3.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv) {
	static char buffer[1 << 20];
	char name[256] = "";
	if (readlink("/proc/self/fd/0", name, sizeof name - 1) > 0 && name[0] == '/' && strcmp(name, "/dev/null"))
		return 3;
	for (long left = atol(argv[1]); left > 0;) {
		ssize_t n = read(0, buffer, left < (long)sizeof buffer ? left : sizeof buffer);
		if (n <= 0 || write(1, buffer, n) != n)
			return 1;
		left -= n;
	}
	return 0;
}
