// try: 30 MiB in three children together, 10 MiB each, under a limit of 36 MiB: that must work
// want: AC
// limits: memory=36MiB wall=10s
// runs: 2
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	int ready[2];
	char c;
	if (pipe(ready) != 0)
		return 1;
	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			char *volatile block = malloc(10 << 20);
			memset(block, 1, 10 << 20);
			write(ready[1], block, 1);
			pause();
		}
	for (int i = 0; i < 3; i++)
		read(ready[0], &c, 1);
	puts("ok");
	return 0;
}
