// try: tells the kernel to spare it when memory runs out, in itself and in a child, and then takes all there is
// want: MLE
// limits: memory=32MiB cpu=2s wall=20s
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
	fork();
	const char *files[] = {"/proc/self/oom_score_adj", "/proc/self/oom_adj", "/proc/1/oom_score_adj"}, *values[] = {"-1000", "-17", "1000"};
	for (int i = 0; i < 3; i++) {
		int fd = open(files[i], O_WRONLY);
		if (fd >= 0)
			write(fd, values[i], strlen(values[i]));
	}
	for (;;) {
		char *p = malloc(1 << 20);
		if (p)
			memset(p, 1, 1 << 20);
	}
}
