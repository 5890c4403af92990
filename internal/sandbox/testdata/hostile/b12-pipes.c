// try: keeps its data in pipes, which are the kernel's memory
// want: MLE
// limits: memory=16MiB wall=10s
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
	static char block[1 << 16];
	long total = 0, k;
	int p[2];
	for (int child = 0; child < 4; child++)
		if (fork() == 0)
			break;
	while (pipe(p) == 0) {
		fcntl(p[1], F_SETFL, O_NONBLOCK);
		while ((k = write(p[1], block, sizeof block)) > 0)
			total += k;
	}
	printf("%ld bytes in pipes\n", total);
	return 0;
}
